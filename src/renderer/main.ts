import { mountViewer } from './mount';
import { createMockTransport } from './transport/mock';

mountViewer(createMockTransport());
