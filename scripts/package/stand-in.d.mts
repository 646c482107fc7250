export function writeStandIn(dir: string): Promise<void>;
