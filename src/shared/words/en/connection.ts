export const connection = {
  lost: 'Connection to Fiducial lost. Trying again; decisions cannot be saved meanwhile.',
  unknown:
    'Fiducial was started anew and does not know this page: open the address that it printed, then go on here.',
  engine:
    'Fiducial’s engine has stopped{reason} and is being started again. What was saved is kept.',
  again: 'Connected again.',
} as const;
