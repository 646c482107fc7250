; Kinds of file that have owners of their own on many machines (image viewers, MATLAB): the installed application is one
; more under "Open with", and what a double click does stays as it is.
!macro OFFER EXT TITLE
  WriteRegNone SHELL_CONTEXT "Software\Classes\.${EXT}\OpenWithProgids" "Fiducial.${EXT}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Fiducial.${EXT}" "" "${TITLE}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Fiducial.${EXT}\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Fiducial.${EXT}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro WITHDRAW EXT
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.${EXT}\OpenWithProgids" "Fiducial.${EXT}"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Fiducial.${EXT}"
!macroend

!macro customInstall
  !insertmacro OFFER "dcm" "DICOM recording"
  !insertmacro OFFER "dicom" "DICOM recording"
  !insertmacro OFFER "mat" "MATLAB recording"
!macroend

!macro customUnInstall
  !insertmacro WITHDRAW "dcm"
  !insertmacro WITHDRAW "dicom"
  !insertmacro WITHDRAW "mat"
!macroend
