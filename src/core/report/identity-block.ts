import { clockStart, formatDuration, timeOfDay } from '../../shared/domain';
import { deviceFilters } from '../../shared/words/device-filters';
import { formatTitleInWords } from '../../shared/words/format-title';
import { COLOUR, text, wrap, paragraph } from './layout';
import { MARGIN_MM } from './page-size';
import { HOLTER_S, recordedText, type Flow } from './page-frame';
import { shareText } from '../../shared/domain/share-text';
import { content } from './tags';

const LINE_MM = 4.1;
const FIRST = { size: 10, bold: true } as const;
const FIRST_MM = 4.8;

/** Who, for whom, when and how long: four columns under the head. */
export function drawIdentity(flow: Flow): void {
  const { doc, data, options, width, words } = flow;
  const { say } = words;
  const { recording, analysableS } = data;
  const { identity } = data.content;
  const { startClock, durationS } = recording;
  const start = clockStart(startClock, data.clockHours, words);
  const recorded = recordedText(startClock, 0, words, data.clockHours);
  const untilS = recordedText(startClock, durationS, words, data.clockHours);
  const leads = recording.leads.filter(({ isEcg }) => isEcg).map(({ name }) => name);
  // One line where all leads were treated alike, as devices do.
  const filters = [
    ...new Set(
      recording.leads.filter(({ isEcg }) => isEcg).map((lead) => deviceFilters(lead, words)),
    ),
  ].filter(Boolean);
  const left = [say('reportPages.leftOut'), '', ''];
  const columns: [string, string[]][] = [
    [
      say('reportPages.patient'),
      options.identity
        ? [
            identity.name ?? say('reportPages.record', { name: recording.name }),
            identity.person ?? say('reportPages.noPerson'),
            identity.number
              ? say('reportPages.number', { number: identity.number })
              : say('reportPages.noNumber'),
          ]
        : left,
    ],
    [
      say('reportPages.askedBy'),
      options.identity
        ? [
            identity.askedBy ?? say('reportPages.notStated'),
            identity.question ?? say('reportPages.noQuestion'),
            say('reportPages.drugs', { drugs: identity.drugs ?? say('reportPages.notStated') }),
          ]
        : left,
    ],
    [
      say('reportPages.recorded'),
      [
        !options.identity
          ? say('reportPages.dateLeftOut')
          : recorded ||
            (start.secondsS === null
              ? say('reportPages.dateNotStated')
              : say('reportPages.at', { at: timeOfDay(start, 0, durationS) })),
        options.identity && untilS
          ? say('reportPages.to', { at: untilS })
          : recording.synthetic
            ? say('reportPages.synthetic')
            : '',
        leads.length > 4 ? say('reportPages.leads', { n: String(leads.length) }) : leads.join(', '),
        ...filters.map((said) => say('reportPages.deviceFilters', { filters: said })),
      ].filter(Boolean),
    ],
    [
      say('reportPages.time'),
      [
        say(durationS >= HOLTER_S ? 'reportPages.worn' : 'reportPages.recordedFor', {
          length: formatDuration(durationS),
        }),
        say('reportPages.analysable', {
          length: formatDuration(analysableS),
          share: shareText(Math.min(1, analysableS / Math.max(durationS, 1e-9)), words),
        }),
        `${formatTitleInWords(recording.formatTitle, words)}, ${words.number(recording.samplingRateHz)} Hz`,
      ],
    ],
  ];
  const shares = [0.24, 0.22, 0.26, 0.28];
  let x = MARGIN_MM;
  let mostMm = 0;
  columns.forEach(([label, [first = '', ...rest]], i) => {
    const columnMm = shares[i]! * width;
    // A name or a drug that is cut is another one: what is long goes on below.
    const heads = wrap(doc, first, columnMm - 3, FIRST);
    const lines = rest.flatMap((line) => wrap(doc, line, columnMm - 3, { size: 8.5 }));
    content(doc, 'P', () => {
      text(doc, label, x, flow.y, { size: 7.5, colour: COLOUR.muted });
      paragraph(doc, heads, x, flow.y + 3.6, FIRST_MM, FIRST);
      const below = flow.y + 3.6 + Math.max(1, heads.length) * FIRST_MM;
      paragraph(doc, lines, x, below, LINE_MM, { size: 8.5 });
    });
    mostMm = Math.max(mostMm, Math.max(1, heads.length) * FIRST_MM + lines.length * LINE_MM);
    x += columnMm;
  });
  flow.y += 3.6 + mostMm + 3;
}
