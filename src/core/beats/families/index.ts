export { beatIndices } from './beat-indices';
export { type BeatShapes } from './beat-shapes';
export { familiesOf, type FamiliesInput, type Families, type FormAct } from './families-of';
export { FORMS_VERSION, noForms, type ProgramForms } from './find-forms';
export { formsTask, shapesTask } from './forms-task';
export { ONE_FORM } from './group-by-form';
export { shapesInUv } from './shapes-in-uv';
export { timesOfFamilies } from './times-of-families';
