# What is said of a row of an import: what became of it, or why nothing did and what to do.
# Key: `import-` and the code of actions::note::Note; variables: its values. Field names stay as they are.

import-twin = posted; { $number } says the same under another number: check that it is not the same invoice twice
import-applied = { $amount } applied to { $number }
import-nothing-applied = recorded; nothing was applied to { $number }, which has nothing open in this currency
import-left-unapplied = recorded and left unapplied: { $why }
import-same-customer = known already with the same data
import-same-rate = this rate is there already
import-same-invoice = { $number } is posted already with the same content; nothing was done
import-same-receipt = this payment is recorded already; nothing was done
import-same-line = taken in before; nothing was done

import-refused = { $why }
import-unread = { $why }
import-at-line = line { $line }: { $why }
import-line-of-document = line { $line }: { $why }; correct it and import the document again
import-needs = { $field }: it is empty; every row needs it
import-no-number = number: it is empty; give the row its invoice number, or let a profile make one ([blank] number = "{ "{" }line{ "}" }")
import-no-line = the row has no quantity and price
import-money = { $field }: { $why }
import-language = language: "{ $value }" is not one of en, fr, rw, sw; write one of these or leave it empty
import-terms-days = terms_days: "{ $value }" is not a number of days; write 30
import-credit-limit = credit_limit: "{ $value }" is not an amount; write 500000, or none for no limit
import-rate = rate: { $value } must be above zero with at most nine decimals
import-kind = kind: "{ $value }" is neither invoice nor credit_note; write one of these
import-no-open-number = number: it is empty; give the document its number in the file, so that payments find it
import-no-date = issued_on: the row has no date; add the date or the due date
import-shared-name = customer: several customers are called "{ $name }"; give the row the code of one
import-own-money-back = money of ours that came back; it is no customer's payment
