import { clockStart, formatDuration, timeOfDay } from '../../shared/domain';
import { COLOUR, text, wrap, paragraph } from './layout';
import { MARGIN_MM } from './page-size';
import { recordedText, type Flow } from './page-frame';
import { shareText } from './conclusion';
import { content } from './tags';

const LINE_MM = 4.1;

/** Who, for whom, when and how long: four columns under the head. */
export function drawIdentity(flow: Flow): void {
  const { doc, data, options, width } = flow;
  const { recording, analysableS } = data;
  const { identity } = data.content;
  const { startClock, durationS } = recording;
  const start = clockStart(startClock);
  const recorded = recordedText(startClock, 0);
  const untilS = recordedText(startClock, durationS);
  const leads = recording.leads.filter(({ isEcg }) => isEcg).map(({ name }) => name);
  const left = ['left out', '', ''];
  const columns: [string, string[]][] = [
    [
      'Patient',
      options.identity
        ? [
            identity.name ?? `Record ${recording.name}`,
            identity.person ?? 'sex and age not stated',
            identity.number ? `no. ${identity.number}` : 'no number',
          ]
        : left,
    ],
    [
      'Asked by',
      options.identity
        ? [
            identity.askedBy ?? 'not stated',
            identity.question ?? 'Question: not stated',
            `Drugs: ${identity.drugs ?? 'not stated'}`,
          ]
        : left,
    ],
    [
      'Recorded',
      [
        !options.identity
          ? 'date left out'
          : recorded ||
            (start.secondsS === null ? 'date not stated' : `at ${timeOfDay(start, 0, durationS)}`),
        options.identity && untilS ? `to ${untilS}` : recording.synthetic ? 'synthetic signal' : '',
        leads.length > 4 ? `${leads.length} leads` : leads.join(', '),
      ].filter(Boolean),
    ],
    [
      'Time',
      [
        `worn ${formatDuration(durationS)}`,
        `analysable ${formatDuration(analysableS)}, ${shareText(Math.min(1, analysableS / Math.max(durationS, 1e-9)))}`,
        `${recording.formatTitle}, ${recording.samplingRateHz} Hz`,
      ],
    ],
  ];
  const shares = [0.24, 0.22, 0.26, 0.28];
  let x = MARGIN_MM;
  let most = 0;
  columns.forEach(([label, [first = '', ...rest]], i) => {
    const columnMm = shares[i]! * width;
    content(doc, 'P', () => {
      text(doc, label, x, flow.y, { size: 7.5, colour: COLOUR.muted });
      text(doc, first, x, flow.y + 3.6, { size: 10, bold: true, widthMm: columnMm - 3 });
      const lines = rest.flatMap((line) => wrap(doc, line, columnMm - 3, { size: 8.5 }, 2));
      paragraph(doc, lines, x, flow.y + 8.4, LINE_MM, { size: 8.5 });
      most = Math.max(most, lines.length);
    });
    x += columnMm;
  });
  flow.y += 8.4 + most * LINE_MM + 3;
}
