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
refusal-exceeds-creditable = Of { $invoice } only { $left } is left to be credited, not { $amount }. Credit no more than that.
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
refusal-no-certificate = The certificate cannot be used: { $file } ({ $cause }). Give a certificate with its chain and its key, both in PEM, with --cert and --cert-key. If it is one that Ideni made, delete its folder: a new one is made, and the computers must trust that.
refusal-public-address = { $address } is an address of the internet, for which Ideni makes no certificate. Get one for the name of this machine and give it with --cert and --cert-key.
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
kind-payer = payer
kind-message = message
kind-payment = payment
kind-promise = promise to pay
kind-open-item = open item
kind-receipt = receipt
kind-refund = refund
kind-line = line
kind-user = user
refusal-before-reversal = This cannot be dated { $on }: what it uses was set free by a reversal on { $reversed_on }. Date it { $reversed_on } or later.
kind-dispute = dispute
kind-certificate = certificate
kind-contract = contract
kind-end = end
kind-late-charge = late charge
refusal-exceeds-undisputed = { $item } has { $undisputed } open that is not in dispute; { $amount } is more than that. Dispute at most { $undisputed }, or end a dispute first.
refusal-dispute-ended = This dispute ended on { $on }: { $outcome }. Nothing was changed; record a new one if the customer contests again.
refusal-certificate-is = This step does not follow; the certificate stands at: { $certificate }. A paper is filed while it is awaited, claimed while it is on file, and refused until it is refused.
refusal-of-certificate = Certificate { $id } settled this. Refuse the certificate with its reason, and the invoice is open again.
refusal-no-template = { $name } does not print: { $cause }. Nothing was saved.
refusal-period-billed = Invoice { $number } bills this until { $until }. Change the contract from a later day on, or credit the invoice.
kind-holiday = holiday
kind-statement-line = statement line
refusal-line-decided = The line { $line } was decided on { $on }: { $reason }. Nothing was changed; there is nothing more to do.
refusal-line-recorded = { $line } was recorded as a receipt on { $on }; nothing was changed. There is nothing more to do.
kind-upload = file that was looked at
refusal-setting-moved = { $by } has set { $setting } to "{ $value }" meanwhile; nothing was changed. Look at it, then decide again.
refusal-sheet-full = A sheet holds 1,048,575 rows, and this is more. Take it as CSV, or narrow the selection.
kind-setting = setting
kind-action = action
refusal-wrong-sign-in = The name, the password or the code is not right. Try again, or ask an administrator for a new link.
refusal-too-many-tries = Too many tries failed. Wait { $wait }, then try again; nobody is locked out for good.
refusal-wrong-password = This is not your present password; nothing was changed. Type it again, or ask an administrator for a link.
refusal-wrong-code = The code is not right, or was used already. Wait for the next one on your telephone and type that.
refusal-link-gone = This link was used already, or its time is over. Ask an administrator for a new one.
refusal-conflicting-duties = { $user } could then both { $action } and { $against }: two people should do that. Choose other roles, or let the company list such duties ("ideni setting set duties listed --reason TEXT").
refusal-last-administrator = { $user } is the only administrator at work here; without one nobody could let people in. Make somebody else administrator first.
refusal-other-companies = { $user } works in other companies of this installation too, so this would reach over there; nothing was changed. Ask somebody who administers all of them.
kind-session = session
kind-second-factor = second factor
unusable-not-understood = it was not understood ({ $cause }); go back to the page and fill it in again
unusable-too-long = no more than { $most } characters fit here
unusable-control-character = it holds a character that cannot be written; type it again
refusal-stale-version = Somebody saved "{ $name }" after you opened it: { $user }, { $at }. Nothing of yours is written yet. Look at both versions, then save again.
refusal-likely-duplicate = "{ $name }" may be a customer you have already: { $codes }. Look at those first; if it is another one, say so and save.
refusal-merged = { $code } is merged into { $into }. Use { $into }, or take that merge back first.
refusal-merge-itself = { $code } cannot be merged into itself. Name the other customer.
refusal-not-merged = { $code } is not merged into another customer, so there is nothing to take back.
refusal-needs-approval = Here a second person must approve ({ $action }); nothing was changed. Ask for it, and somebody else decides.
refusal-own-request = { $user } asked for this and cannot approve it too. Somebody else with the right decides.
refusal-own-request-waits = You asked for this yourself, so it waits a day: you may approve it from { $from } on, with a reason.
refusal-request-decided = This request was decided before: { $decision }, by { $user }, { $at }. Nothing was changed; there is nothing more to do.
kind-contact = contact
kind-request = request
refusal-busy =
    { $count ->
        [one] { $count } piece of long work runs already. Wait until it has ended, then try again.
       *[other] { $count } pieces of long work run already. Wait until one has ended, then try again.
    }
refusal-still-running = This work still runs. Wait until it has ended.
refusal-files-full = The files that wait to be fetched take { $megabytes } MB, and no more fit. Put away those that were fetched, or narrow the selection.
kind-work = long work
refusal-outcome-alone = "{ $attempt }" stands alone: it goes with no other outcome, and not with people who called or came themselves. Keep what happened, and take the rest away.
refusal-callback-done = { $by } did this callback on { $on }. Nothing was changed; there is nothing more to do.
refusal-note-corrected = { $by } corrected this note already. Correct the newer note instead.
kind-report = report
refusal-key-reaches-further = With a key for { $user } you could { $action }, which your own roles do not allow. Make a key for yourself, or ask whoever keeps the database to make this one by command.
refusal-credit-by-invoice = A credit note of yours names its invoice, a reason and what proves it. Open the invoice and credit it there (`invoice credit NUMBER`): whole, by line or by amount.
refusal-other-rate = There is another rate of { $currency } for { $on } already; nothing was changed. If that one is wrong, put it right with a reason on the page of rates (`rate correct`).
refusal-all-credited = All of { $invoice } is credited or taken back already. There is nothing left to credit.
refusal-below-zero = It comes to { $total }, below zero. An invoice asks for money: to give back what was billed, credit the invoice that billed it.
refusal-no-plain-invoice = { $number } is a late charge or a debit note, with a series of its own, and is not re-issued. Waive or credit it, and make the right one.
refusal-quote-accepted = { $number } was accepted: { $invoice } bills it. There is nothing left to do.
kind-rate = exchange rate
unusable-no-rate = a rate is a number above zero with nine decimals at most
