
# Behind --on and --feature: the names of the features of the network that the command line names.
function _complete_superpose_names() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} network= names word
  # In --on=NAME the equals sign is a word of its own.
  if [ "$before" = = ] && [ "$COMP_CWORD" -ge 2 ]; then
    before=${COMP_WORDS[COMP_CWORD-2]}
  fi
  case $before in
    --on | --feature | --features)
      for word in "${COMP_WORDS[@]:1}"; do
        case $word in
          *.superpose.zip) network=$word ;;
        esac
      done
      if [ -f "$network" ]; then
        names=$("${COMP_WORDS[0]}" inspect "$network" --features "$current*" --names 2>/dev/null)
        local IFS=$'\n'
        COMPREPLY=( $(compgen -W "$names" -- "$current") )
        return
      fi
      ;;
  esac
  _complete_superpose "$@"
}
complete -F _complete_superpose_names -o default superpose superpose.sh superpose.bash
