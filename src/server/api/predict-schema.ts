const PROBLEM = {
  description: 'A problem document (RFC 9457)',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          code: { type: 'string' },
        },
        example: {
          type: 'about:blank',
          title: 'The recording cannot be analysed',
          status: 422,
          detail: 'upload.dat holds 3 bytes; a frame of 2 signals in format 212 has 3.',
          code: 'bad-signal',
        },
      },
    },
  },
} as const;

/** OpenAPI of `POST /predict`: documentation, not validation. */
export const PREDICT_SCHEMA = {
  summary: 'Normal or Abnormal for one recording',
  description:
    'Send a WFDB signal file as multipart field `file`, its header as `header`; or the bare bytes as ' +
    '`application/octet-stream`. Without a header the query says how to read it; the defaults are those of ' +
    'the MIT-BIH databases. The recording is Abnormal as soon as one readable 10-second segment is; its ' +
    'probability is that of the most abnormal segment. Nothing that was sent is kept; with `async=1` it lies ' +
    'on the disk until it is computed. ' +
    'For research and education only.',
  tags: ['predict'],
  consumes: ['multipart/form-data', 'application/octet-stream'],
  querystring: {
    type: 'object',
    properties: {
      format: { type: 'integer', default: 212, description: 'WFDB signal format' },
      signals: { type: 'integer', default: 2, description: 'Interleaved signals' },
      fs: { type: 'number', default: 360, description: 'Samples per second' },
      gain: { type: 'number', default: 200, description: 'ADU per mV' },
      baseline: { type: 'integer', default: 1024, description: 'Sample value at 0 mV' },
      lead: { type: 'integer', description: "Index of the signal to use; the model's choice else" },
      model: {
        type: 'string',
        description: 'Id of a model of GET /models; the default model else',
      },
      ecg_signal: {
        type: 'string',
        enum: ['true', 'false'],
        default: 'true',
        description: 'Whether the answer holds the processed signal',
      },
      async: {
        type: 'string',
        enum: ['0', '1'],
        default: '0',
        description:
          'Not to wait: the answer is 202 with the address of a job, which gets the answer',
      },
    },
  },
  body: {
    type: 'object',
    required: ['file'],
    properties: {
      file: { type: 'string', format: 'binary', description: 'Signal file (.dat)' },
      header: { type: 'string', format: 'binary', description: 'Header (.hea)' },
    },
  },
  response: {
    200: {
      description: 'The answer',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: {
              predicted_class: { type: 'string', enum: ['Normal', 'Abnormal', 'Unreadable'] },
              probability: {
                type: 'number',
                nullable: true,
                description: 'Of Abnormal, in the most abnormal segment',
              },
              abnormal_segments: { type: 'integer' },
              readable_segments: { type: 'integer' },
              segments: {
                type: 'array',
                items: {
                  type: 'object',
                  properties: {
                    index: { type: 'integer' },
                    startS: { type: 'number' },
                    endS: { type: 'number' },
                    verdict: { type: 'string', enum: ['Normal', 'Abnormal', 'Unreadable'] },
                    probability: { type: 'number', nullable: true },
                    ectopy: { type: 'number', description: 'Of an ectopic beat; if known' },
                    af: { type: 'number', description: 'Of fibrillation or flutter; if known' },
                    reason: { type: 'string', nullable: true },
                    refer: { type: 'boolean' },
                  },
                },
              },
              ecg_signal: {
                type: 'array',
                items: { type: 'number', nullable: true },
                description: 'The lead used, band-passed, in mV; null where missing',
              },
              fs: { type: 'number', description: 'Samples per second of ecg_signal' },
              lead: { type: 'string', nullable: true },
              duration_s: { type: 'number' },
              model: { type: 'object', additionalProperties: true },
              warnings: { type: 'array', items: { type: 'object', additionalProperties: true } },
              disclaimer: { type: 'string' },
            },
            example: {
              predicted_class: 'Abnormal',
              probability: 0.97,
              abnormal_segments: 3,
              readable_segments: 360,
              segments: [
                {
                  index: 0,
                  startS: 0,
                  endS: 10,
                  verdict: 'Normal',
                  probability: 0.03,
                  reason: null,
                  refer: false,
                },
              ],
              ecg_signal: [0.0123, 0.0131, null],
              fs: 360,
              lead: 'MLII',
              duration_s: 1805.6,
              model: { id: 'attention-cnn', version: '1.0.0', scheme: 'majority', threshold: 0.5 },
              warnings: [],
              disclaimer: 'For research and education only.',
            },
          },
        },
      },
    },
    202: {
      description: 'With `async=1`: where the answer will be',
      headers: { location: { type: 'string', description: 'GET it until it is no 202' } },
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              state: { type: 'string', enum: ['waiting'] },
              location: { type: 'string' },
            },
          },
        },
      },
    },
    400: PROBLEM,
    413: PROBLEM,
    422: PROBLEM,
    429: PROBLEM,
    503: PROBLEM,
  },
} as const;
