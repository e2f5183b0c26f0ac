# What the program will not do: what happened, to which thing, what to do next.
# Key: `refusal-` and the code of receivables::Refusal; variables: its field names, already written for a reader.
# `refusal-invalid-empty` is `invalid` where there is no value to show. $reason is one of the sentences `unusable-`.

refusal-not-allowed = { $user } may not { $action }. Ask an administrator for the right, or someone who has it to do this.
refusal-not-found = There is no { $kind } "{ $name }" in this company. Check the spelling, or look it up in the list.
refusal-exists = There is already a record "{ $name }" ({ $kind }). Use that one, or choose another name.
refusal-other-content = { $number } is posted already, with other content; nothing was changed. Correct it with a credit note or a reversal, or give the new one another number.
refusal-key-reused = The key "{ $key }" was used before for another request. Repeat that request unchanged, or send this one with a new key.
refusal-missing = "{ $field }" is missing. Fill it in and try again.
refusal-invalid = "{ $field }" cannot be "{ $value }": { $reason }. Correct it and try again.
refusal-invalid-empty = "{ $field }" cannot be used: { $reason }. Correct it and try again.
refusal-exceeds-open = { $item } has { $open } open; { $amount } is more than that. Allocate at most { $open } and leave the rest on account.
refusal-exceeds-unapplied = { $source } has { $unapplied } left to apply; { $amount } is more than that. Apply at most { $unapplied }, or use another receipt for the rest.
refusal-unidentified = Nobody knows yet who paid { $source }. Name the customer first, then apply it.
refusal-other-customer = { $source } and { $item } belong to different customers or currencies, so one cannot settle the other. Choose an item of the same customer and currency.
refusal-not-positive = { $amount } is not above zero. Give an amount above zero; to take something back, reverse it.
refusal-before-document = { $on } is before { $document }, which is dated { $document_on }. Use { $document_on } or a later day.
refusal-period-closed = { $on } is in a closed period: everything up to { $closed_to } is closed. Use a later day, or ask for the period to be reopened.
refusal-no-rate = There is no exchange rate for { $currency } on or before { $on }. Add one with its source, then try again.
refusal-already-reversed = { $what } was reversed already; nothing was changed. There is nothing more to do.
refusal-totals-differ = { $number }: the parts add up to { $sum }, but the total says { $total }. Correct the parts or the total, then post it again.
refusal-clock-behind = This computer's clock says { $now }, but the last entry was sealed at { $last }. Set the clock right, then try again; nothing was posted.
refusal-day-before = The day turn was already run for { $last }; { $today } is earlier. Run it for { $last } or a later day.
refusal-not-sealed-yet = What was known at { $known_at } can still change: the last seal is { $last }. Ask for a moment up to that one, or leave the moment out.
refusal-plan-gone = The plan { $plan } is not known, or was carried out already. Make a new plan with --dry-run and look at it first.
refusal-sign-mismatch = { $number } is on the wrong side: invoices are above zero and take payments, credit notes are below zero and give credit. Choose the other kind of document, or change the sign.
refusal-buckets = "{ $buckets }" cannot be the ageing buckets. Give days that rise and are above zero, such as 30,60,90.
refusal-which-company =
    { $count ->
        [0] This book has no company yet. Make one with "ideni init".
       *[other] This book has { $count } companies: { $codes }. Say which one with --company CODE.
    }
refusal-nothing-open = { $customer } has nothing open, so there is nothing to do. Check that you have the right customer.
refusal-hold-end = A hold must end after today ({ $today }); { $until } does not. Give a later day.
refusal-promise-day = { $on } is in the past: today is { $today }. A promise needs today or a later day.
refusal-too-large = The number for { $what } is too large to be kept exactly. Check it for extra digits, or split it.
refusal-quarantined = { $what } belongs to a simulated company and may not be mixed with real ones. Work in the real company instead.
refusal-before-reversal = This cannot be dated { $on }: what it uses was set free by a reversal on { $reversed_on }. Date it { $reversed_on } or later.
refusal-file-exists = { $file } is there already and is not overwritten. Give the backup another name.
refusal-file-missing = There is no file { $file }. Check the name and the folder.
refusal-backup-broken = The backup is not whole: { $cause }. Do not use it; make a new one, or take an older one.
refusal-book-not-empty = The book to restore into is not empty. Name a new one with --database.
refusal-no-book = { $file } is not a book of Ideni ({ $cause }). Name another with --database; the file was left as it is.
refusal-newer-book = This book was written by a newer Ideni: its tables are at { $number }, this program knows { $ours }. Use the newer program.
refusal-not-durable = PostgreSQL runs with { $setting } = { $value }, and a power cut would lose money. Set it to on, then try again.

# Words a refusal is built from: `kind-` and the value of $kind, spaces as hyphens.
kind-account = money account
kind-allocation = allocation
kind-company = company
kind-customer = customer
kind-identified-receipt = identified receipt
kind-invoice = invoice
kind-open-item = open item
kind-receipt = receipt
kind-user = user
kind-credit-note = credit note
kind-hold = hold
kind-message = message
kind-payment = payment
kind-promise = promise to pay

# Why a value cannot be used: the $reason of `invalid`. Key: `unusable-` and the code of receivables::Unusable.
unusable-too-far-ahead = that is more than a year away, and no earlier day could be turned after it
unusable-issued-after-today = an invoice is issued on or before today, { $today }
unusable-due-before-issue = it is before the invoice's own date, { $issued_on }
unusable-received-after-today = money cannot have come in after today, { $today }
unusable-charges-above-gross = charges are part of the gross amount
unusable-closed-already = close a day after { $closed_to } and not after today, { $today }
unusable-close-after-today = close a day not after today, { $today }
unusable-not-closed = only closed days can be reopened
unusable-no-money-account = money arrives on a bank, wallet or cash account
unusable-no-country-pack = there is a country pack for: { $known }
unusable-no-tin = a Rwandan TIN has nine digits
unusable-no-role = the roles are { $known }
unusable-no-language = we write in { $known }
unusable-promise-decided = it is { $judged } already
unusable-message-decided = it is { $state } already
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
unusable-money = { $why }

# Why money cannot be. Key: `money-` and the code of receivables::money::MoneyError.
money-mixed = { $one } and { $other } cannot be added up
money-overflow = the amount is too large
money-not-an-amount = "{ $text }" is not an amount
money-too-precise = "{ $text }" has more decimals than { $currency } has
money-unknown-currency = "{ $text }" is not a currency code (ISO 4217)
money-no-weights = a split needs a weight above zero

# More words: a variable and its value. What a person may do, by the names of actions::access; states of a message.
action-read = read this book
action-company-init = make a company
action-user-add = add a user
action-account-add = add a money account
action-customer-save = save customers
action-import-customers = import customers
action-import-invoices = import invoices
action-import-receipts = import receipts
action-import-rates = import rates
action-invoice-issue = issue invoices
action-receipt-record = record receipts
action-receipt-identify = say whose money a receipt is
action-statement-import = import statements
action-cash-apply = apply receipts automatically
action-allocation-add = apply receipts
action-allocation-reverse = take an allocation back
action-write-off = write off
action-period-close = close a period
action-period-reopen = reopen a period
action-promise-add = write promises down
action-hold-add = put accounts on hold
action-day-turn = turn the day
action-backup = make backups
state-draft = a draft
state-sent = sent
state-ignored = ignored
source-credit-note = the credit note
what-days = the number of days
what-ageing = the ageing
