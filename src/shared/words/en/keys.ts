export const keys = {
  title: 'Keys',
  mouse:
    'Mouse: wheel or drag to scroll, click a segment to take it in hand, Shift-click or drag along the verdicts to choose several.',
  groupMove: 'Move',
  groupDecide: 'Decide',
  groupBeats: 'In Beats',
  groupShow: 'Show',
  groupMarks: 'With a mark in hand',
  groupWindow: 'Window',
} as const;
