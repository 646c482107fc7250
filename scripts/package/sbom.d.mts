interface Component {
  name: string;
  version: string;
  'bom-ref': string;
}
export function softwareBill(root?: string): {
  bomFormat: string;
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
};
