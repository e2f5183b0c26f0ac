# Words and half-sentences within other sentences.
# Key: `unusable-` and the code of receivables::Unusable, the $reason of `refusal-invalid`; `money-` and the code of
# receivables::money::MoneyError; else a variable and its value: what a person may do (actions::access), states.

unusable-too-far-ahead = that is more than a year away, and no earlier day could be turned after it
unusable-issued-after-today = an invoice is issued on or before today, { $today }
unusable-due-before-issue = it is before the invoice's own date, { $issued_on }
unusable-received-after-today = money cannot have come in after today, { $today }
unusable-charges-above-gross = charges are part of the gross amount
unusable-closed-already = close a day after { $closed_to } and not after today, { $today }
unusable-close-after-today = close a day not after today, { $today }
unusable-not-closed = only closed days can be reopened
unusable-no-money-account = money arrives on a bank, wallet or cash account
unusable-no-tin = a Rwandan TIN has nine digits
unusable-not-among = it is none of { $known }
unusable-promise-decided = it is { $judged } already
unusable-message-decided = it is { $outbox } already
unusable-other-currency = the invoice is in another currency: say both what it settles and what leaves the receipt
unusable-own-currency = the company's own currency needs no rate
unusable-not-an-amount = it is not an amount
unusable-not-a-date = it is not a date; write it as 2026-08-31
unusable-hold-too-long = a hold lasts at most { $days } days
unusable-steps-must-rise = levels and their days must rise, and gaps not be below zero
unusable-shared-reference =
    { $count ->
        [one] { $count } receipt bears this reference; name it by its id
       *[other] { $count } receipts bear this reference; name one by its id
    }
unusable-upload-too-large = it is larger than { $megabytes } MB, the most a page takes; make it smaller or split it
unusable-upload-broken = it did not arrive whole ({ $cause }); send it again
unusable-too-short = several begin so; give more of it
unusable-no-loss-rate = a loss rate lies between 0 and 100 per cent
unusable-paid-below-zero = what was paid in a bucket is not below zero
unusable-nothing-lost = the last figure, what was never paid, must be above zero; take a longer span, or give the rates
unusable-no-place = this place in the list is not one that a page gave; begin at the first page
unusable-sheet-full = a spreadsheet holds 1,048,575 rows; ask for fewer, or take CSV
unusable-one-per-bucket = there are { $count } figures; give one for each of { $buckets }
unusable-money = { $why }

money-mixed = { $one } and { $other } cannot be added up
money-overflow = the amount is too large
money-not-an-amount = "{ $text }" is not an amount
money-too-precise = "{ $text }" has more decimals than { $currency } has
money-unknown-currency = "{ $text }" is not a currency code (ISO 4217)
money-no-weights = a split needs a weight above zero

action-read = read this book
action-company-init = make a company
action-user-add = add a user
action-account-add = add a money account
action-customer-save = save customers
action-customer-assign = assign accounts to collectors
action-import-customers = import customers
action-import-invoices = import invoices
action-import-receipts = import receipts
action-import-rates = import rates
action-invoice-issue = issue invoices
action-receipt-record = record receipts
action-receipt-identify = say whose money a receipt is
action-receipt-return = return a payment
action-receipt-refund = refund money
action-receipt-refund-reverse = take a refund back
action-statement-import = import statements
action-statement-clear = clear statement lines
action-statement-record = record statement lines as receipts
action-cash-apply = apply receipts automatically
action-allocation-add = apply receipts
action-allocation-reverse = take an allocation back
action-write-off = write off
action-invoice-credit = credit an invoice
action-period-close = close a period
action-period-reopen = reopen a period
action-promise-add = write promises down
action-hold-add = put accounts on hold
action-dispute-add = record disputes
action-certificate-save = note certificates
action-dispute-end = end disputes
action-holiday-add = add holidays
action-holiday-remove = strike off holidays
action-quarantine-lift = lift the quarantine
action-day-turn = turn the day
action-backup = make backups
outbox-draft = a draft
outbox-sent = sent
outbox-ignored = ignored
source-credit-note = the credit note
what-days = the number of days
what-ageing = the ageing
bucket-current = not due
bucket-between = { $from } to { $to } days
bucket-over = over { $over } days
unusable-outside-days = it must lie between { $from } and { $to }
unusable-not-an-hour = it is not an hour; write it as 16:30
unusable-too-many = you have { $most } already; forget one first
unusable-no-paper = it is no paper that is kept here ({ $known })
unusable-paper-too-large = it is larger than { $megabytes } MB; make it smaller, or photograph it again
unusable-no-tax-class = no tax class of this code counts on { $on }; use one of { $known }
unusable-several-customers = several customers fit: { $customers }; use the code
unusable-no-discount = a discount is an amount, or a percentage up to 100 such as 5%
unusable-not-left-of-line = of line { $no } only { $left } is left to be credited
unusable-only-one-of = only one of these may be given: { $fields }
unusable-discount-above-line = the discount is larger than the line
unusable-no-terms = write terms as 30, 30 eom, 50% 30; rest 60, or 2/10; net 30
unusable-rest-is-last = the part that takes the rest comes last, and there is one
unusable-shares-do-not-fit = the shares come to { $percent } %; make them 100 %, or end with a rest
unusable-parts-above-total = the parts come to more than the total of { $total }
