# fish completion for stile

set -l commands ask audit batch build check diff dis dump help i18n log review test
complete -c stile -n "not __fish_seen_subcommand_from $commands" -f
for line in \
    "ask	ask a policy about a situation" \
    "audit	what a policy covers, and where it is silent" \
    "diff	whose guidance a change changes" \
    "batch	answer many cases at once" \
    "build	compile a policy into one file" \
    "check	find every error and warning of a policy" \
    "dis	show the code of a compiled policy" \
    "dump	show what a stage of the compiler makes" \
    "help	explain a command or a message" \
    "i18n	list a policy's words, to translate them" \
    "log	read, decide on, prove and erase what was kept" \
    "review	look back, when something has gone wrong" \
    "test	try the examples of a policy, and case files"
    set -l parts (string split \t -- $line)
    complete -c stile -n "not __fish_seen_subcommand_from $commands" \
        -a $parts[1] -d $parts[2]
end
complete -c stile -n "__fish_seen_subcommand_from help" -f \
    -a "ask audit batch build check codes diff dis dump help i18n log review test"
complete -c stile -n "__fish_seen_subcommand_from log" \
    -a "checkpoint decide export forget list replay retain show verify"
complete -c stile -n "__fish_seen_subcommand_from ask audit diff log" -l log -r
complete -c stile -n "__fish_seen_subcommand_from ask log" -l subject -x
complete -c stile -n "__fish_seen_subcommand_from ask" -l keep-notes
for option in did because entry older-than as-of
    complete -c stile -n "__fish_seen_subcommand_from log" -l $option -x
end
for option in key against
    complete -c stile -n "__fish_seen_subcommand_from log" -l $option -r
end
complete -c stile -n "__fish_seen_subcommand_from log" -l format -x \
    -a "text json"
complete -c stile -n "__fish_seen_subcommand_from check" -l format -x \
    -a "text json sarif"
complete -c stile -n "__fish_seen_subcommand_from test" -l format -x \
    -a "text tap junit json"
complete -c stile -n "__fish_seen_subcommand_from audit diff" -l format -x \
    -a "text json sarif csv csv-regions html"
complete -c stile -n "__fish_seen_subcommand_from audit diff" -l all
complete -c stile -n "__fish_seen_subcommand_from audit" -l fail-on -x \
    -a "note warning error"
complete -c stile -n "__fish_seen_subcommand_from diff" -l fail-on -x \
    -a "looser stricter changed"
complete -c stile -n "__fish_seen_subcommand_from audit diff" -s o -l output -r
complete -c stile -n "__fish_seen_subcommand_from audit" -l coverage
for option in baseline examples log suggest
    complete -c stile -n "__fish_seen_subcommand_from audit" -l $option -r
end
complete -c stile -n "__fish_seen_subcommand_from audit diff" -l cases -r
complete -c stile -n "__fish_seen_subcommand_from audit diff" -l as-of -x
for option in boundary most ways
    complete -c stile -n "__fish_seen_subcommand_from audit" -l $option -x
end
for option in within steps memory
    complete -c stile -n "__fish_seen_subcommand_from audit diff" -l $option -x
end
complete -c stile -n "__fish_seen_subcommand_from batch" -l format -x \
    -a "auto csv jsonl json text"
complete -c stile -n "__fish_seen_subcommand_from batch" -l input -x \
    -a "auto csv jsonl sqlite"
complete -c stile -n "__fish_seen_subcommand_from batch" -s o -l output -r
for option in mapping against
    complete -c stile -n "__fish_seen_subcommand_from batch" -l $option -r
end
for option in boundary as-of map keep query by jobs
    complete -c stile -n "__fish_seen_subcommand_from batch" -l $option -x
end
complete -c stile -n "__fish_seen_subcommand_from batch" -l summary
complete -c stile -n "__fish_seen_subcommand_from ask" -l format -x \
    -a "text json html"
complete -c stile -n "__fish_seen_subcommand_from review" -l format -x \
    -a "text json markdown html"
complete -c stile -n "__fish_seen_subcommand_from review" -l save -r
complete -c stile -n "__fish_seen_subcommand_from review" -l interview
for option in boundary as-of
    complete -c stile -n "__fish_seen_subcommand_from review" -l $option -x
end
complete -c stile -n "__fish_seen_subcommand_from ask" -l tense -x \
    -a "proposed under-way happened"
for option in set boundary as-of work
    complete -c stile -n "__fish_seen_subcommand_from ask" -l $option -x
end
complete -c stile -n "__fish_seen_subcommand_from ask audit log review" -l texts -r
complete -c stile -n "__fish_seen_subcommand_from ask" -l why -x
complete -c stile -n "__fish_seen_subcommand_from ask" -l why-not -x
complete -c stile -n "__fish_seen_subcommand_from review" -l log -r
complete -c stile -n "__fish_seen_subcommand_from ask" -l what-if -x
complete -c stile -n "__fish_seen_subcommand_from i18n" -s o -l output -r
complete -c stile -n "__fish_seen_subcommand_from ask" -l calendar -r
complete -c stile -n "__fish_seen_subcommand_from ask" -l save -r
for option in trace agenda brief changes interview exit-verdict
    complete -c stile -n "__fish_seen_subcommand_from ask" -l $option
end
complete -c stile -n "__fish_seen_subcommand_from dump" -l stage -x \
    -a "source tokens tree checked grid image"
complete -c stile -n "__fish_seen_subcommand_from build" -s o -l output -r
complete -c stile -n "__fish_seen_subcommand_from build" -l without-source
complete -c stile -n "__fish_seen_subcommand_from check" -l strict
complete -c stile -n "__fish_seen_subcommand_from check" -s q -l quiet
complete -c stile -n "__fish_seen_subcommand_from test" -s v -l verbose
complete -c stile -n "__fish_seen_subcommand_from $commands" -l root -r
complete -c stile -n "__fish_seen_subcommand_from $commands" -l color -x \
    -a "auto always never"
complete -c stile -l lang -x -a "en cy" -d "the language of the answer"
complete -c stile -s h -l help -d "explain the command"
complete -c stile -n "not __fish_seen_subcommand_from $commands" -l version
