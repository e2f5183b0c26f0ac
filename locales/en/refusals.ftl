# What the program will not do: what happened, to which thing, what to do next.
# Key: `refusal-` and the code of receivables::Refusal; variables: its field names, already written for a reader.
# `refusal-invalid-empty` is `invalid` where there is no value to show. $reason is one of the sentences `unusable-`.

refusal-not-allowed = { $user } may not { $action }. Ask an administrator for the right, or someone who has it to do this.
refusal-other-portfolio = { $user } may not { $action } here: the account is worked by { $collector }. Ask { $collector }, or a manager.
refusal-not-found = There is no { $kind } "{ $name }" in this company. Check the spelling, or look it up in the list.
refusal-no-company = There is no company "{ $name }" in this book. Check the code after --company, or leave it out if there is only one.
refusal-exists = There is already a record "{ $name }" ({ $kind }). Use that one, or choose another name.
refusal-other-content = { $number } is posted already, with other content; nothing was changed. Correct it with a credit note or a reversal, or give the new one another number.
refusal-key-reused = The key "{ $key }" was used before for another request. Repeat that request unchanged, or send this one with a new key.
refusal-missing = "{ $field }" is missing. Fill it in and try again.
refusal-invalid = "{ $field }" cannot be "{ $value }": { $reason }. Correct it and try again.
refusal-invalid-empty = "{ $field }" cannot be used: { $reason }. Correct it and try again.
refusal-exceeds-open = { $item } has { $open } open; { $amount } is more than that. Take at most { $open } of it.
refusal-already-settled = { $item } is settled: nothing is open on it any more. Check the number, or leave the money on account.
refusal-exceeds-unapplied = { $source } has { $unapplied } left to apply; { $amount } is more than that. Apply at most { $unapplied }, or use another receipt for the rest.
refusal-exceeds-refundable = { $receipt } has { $unapplied } unapplied; { $amount } is more than that. Send back at most { $unapplied }, or take back first what was applied or refunded of it.
refusal-unidentified = Nobody knows yet who paid { $source }. Name the customer first, then apply it.
refusal-other-customer = { $source } and { $item } belong to different customers or currencies, so one cannot settle the other. Choose an item of the same customer and currency.
refusal-not-positive = { $amount } is not above zero. Give an amount above zero; to take something back, reverse it.
refusal-before-document = { $on } is before { $document }, which is dated { $document_on }. Use { $document_on } or a later day.
refusal-before-movement = A payment, credit, write-off, refund or reversal moved { $item } on { $moved_on }; { $on } is before that. Use { $moved_on } or a later day.
refusal-after-today = { $on } is after today, { $today }: money cannot have left yet. Use today or an earlier day.
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
refusal-file-exists = { $file } is there already and is not overwritten. Give the backup another name.
refusal-file-missing = There is no file { $file }. Check the name and the folder.
refusal-backup-broken = The backup is not whole: { $cause }. Do not use it; make a new one, or take an older one.
refusal-book-not-empty = The book to restore into is not empty. Name a new one with --database.
refusal-no-book = { $file } is not a book of Ideni ({ $cause }). Name another with --database; the file was left as it is.
refusal-newer-book = This book was written by a newer Ideni: its tables are at { $number }, this program knows { $ours }. Use the newer program.
refusal-not-durable = PostgreSQL runs with { $setting } = { $value }, and a power cut would lose money. Set it to on, then try again.
refusal-no-address = Ideni cannot listen on { $address } ({ $cause }). Name another address with --listen.
refusal-quarantined = This book was restored from a backup and is in quarantine, so nothing leaves it; nothing was changed. If it is the book in use now, an administrator lifts it with "ideni quarantine lift --reason TEXT".
refusal-not-quarantined = This book is not in quarantine; nothing was changed. There is nothing to lift.

# Words a refusal is built from: `kind-` and the value of $kind, spaces as hyphens.
kind-account = money account
kind-allocation = allocation
kind-company = company
kind-customer = customer
kind-identified-receipt = identified receipt
kind-invoice = invoice
kind-credit-note = credit note
kind-hold = hold
kind-message = message
kind-payment = payment
kind-promise = promise to pay
kind-open-item = open item
kind-receipt = receipt
kind-refund = refund
kind-user = user
refusal-before-reversal = This cannot be dated { $on }: what it uses was set free by a reversal on { $reversed_on }. Date it { $reversed_on } or later.
kind-dispute = dispute
refusal-exceeds-undisputed = { $item } has { $undisputed } open that is not in dispute; { $amount } is more than that. Dispute at most { $undisputed }, or end a dispute first.
refusal-dispute-ended = This dispute ended on { $on }: { $outcome }. Nothing was changed; record a new one if the customer contests again.
kind-holiday = holiday
kind-statement-line = statement line
refusal-line-decided = The line { $line } was decided on { $on }: { $reason }. Nothing was changed; there is nothing more to do.
refusal-line-recorded = { $line } was recorded as a receipt on { $on }; nothing was changed. There is nothing more to do.
kind-upload = file that was looked at
unusable-not-understood = it was not understood ({ $cause }). Go back to the page and fill it in again.
unusable-too-long = no more than { $most } characters fit here.
unusable-control-character = it holds a character that cannot be written. Type it again.
refusal-outcome-alone = "{ $attempt }" stands alone: it goes with no other outcome, and not with people who called or came themselves. Keep what happened, and take the rest away.
refusal-callback-done = { $by } did this callback on { $on }. Nothing was changed; there is nothing more to do.
refusal-note-corrected = { $by } corrected this note already. Correct the newer note instead.
kind-callback = callback
kind-note = note
kind-paper = paper
kind-view = view
