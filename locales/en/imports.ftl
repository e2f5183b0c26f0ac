# What is said of a row of an import: what became of it, or why nothing did and what to do.
# Key: `row-` and the code of actions::note::Note; variables: its values. Field names stay as they are.

row-twin = posted; { $number } says the same under another number: check that it is not the same invoice twice
row-applied = { $amount } applied to { $number }
row-nothing-applied = recorded; nothing was applied to { $number }, which has nothing open in this currency
row-left-unapplied = recorded and left unapplied: { $why }
row-same-customer = known already with the same data
row-same-rate = this rate is there already
row-same-invoice = { $number } is posted already with the same content; nothing was done
row-same-receipt = this payment is recorded already; nothing was done
row-same-line = taken in before; nothing was done
row-same-movement = the same movement as in a file taken in before ({ $format }): { $said }
row-maybe-same-movement = perhaps the same movement as in a file taken in before ({ $format }), of the same amount on about the same day: clear it if it is, record it if it is another

row-refused = { $why }
row-unread = { $why }
row-at-line = line { $line }: { $why }
row-line-of-document = line { $line }: { $why }; correct it and import the document again
row-needs = { $field }: it is empty; every row needs it
row-no-number = number: it is empty; give the row its invoice number, or let a profile make one ([blank] number = "{ "{" }line{ "}" }")
row-no-line = the row has no quantity and price
row-money = { $field }: { $why }
row-language = language: "{ $value }" is not one of en, fr, rw, sw; write one of these or leave it empty
row-terms-days = terms_days: "{ $value }" is not a number of days; write 30
row-credit-limit = credit_limit: "{ $value }" is not an amount; write 500000, or none for no limit
row-rate = rate: { $value } must be above zero with at most nine decimals
row-kind = kind: "{ $value }" is neither invoice nor credit_note; write one of these
row-no-open-number = number: it is empty; give the document its number in the file, so that payments find it
row-no-date = issued_on: the row has no date; add the date or the due date
row-shared-name = customer: several customers are called "{ $name }"; give the row the code of one
row-own-money-back = money of ours that came back; it is no customer's payment
