# What a debtor receives, by step. Friendly before firm, short enough for one or two SMS, signed with a person's name.
# Nothing here names the product, threatens, or says what was not read from the ledger. GSM-7 letters only.
#
# $customer, $company, $collector   names; the collector's may carry a telephone number
# $invoices                         a ready list: "INV-101, INV-102"
# $amount                           the total asked for, with its currency
# $due_on                           the due day, the earliest if there are several
# $days_late                        days since that day
# $how_to_pay                       a ready phrase: "MoMo *182*8*1*123456#, reference C012"

message-pre-due-note-subject = { $company }: { $amount } due on { $due_on }
message-pre-due-note-body = Hello { $customer }, a friendly note: { $amount } for { $invoices } is due on { $due_on }. Pay by { $how_to_pay }. Thank you. { $collector }, { $company }

message-reminder-1-subject = { $company }: friendly reminder, { $amount }
message-reminder-1-body = Hello { $customer }, { $amount } for { $invoices } was due on { $due_on }. Please pay by { $how_to_pay }. Already paid? Please ignore this, and thank you. { $collector }, { $company }

message-reminder-2-subject = { $company }: second reminder, { $amount }
message-reminder-2-body =
    Hello { $customer }, { $amount } for { $invoices } is now { $days_late ->
        [one] { $days_late } day late.
       *[other] { $days_late } days late.
    } Please pay by { $how_to_pay }, or tell me which day suits you or what is wrong. { $collector }, { $company }

message-reminder-3-subject = { $company }: third reminder, { $amount }
message-reminder-3-body =
    { $customer }, we still have not received { $amount } for { $invoices }, { $days_late ->
        [one] { $days_late } day late.
       *[other] { $days_late } days late.
    } Please pay this week by { $how_to_pay }. If you cannot pay it all, call me and we will agree a plan. { $collector }, { $company }

message-final-notice-subject = { $company }: final notice, { $amount }
message-final-notice-body =
    Final notice. { $customer }, { $amount } for { $invoices }, due on { $due_on }, is { $days_late ->
        [one] { $days_late } day late.
       *[other] { $days_late } days late.
    } Please pay by { $how_to_pay }, or call me for a plan. Without an answer we must take that as your choice and decide our next step. { $collector }, { $company }

message-how-to-pay = MoMo or bank transfer, reference { $reference }
message-pay-by = { $way }, reference { $reference }
message-call-subject = Call { $customer }: { $amount }
message-call-body = Call { $customer }: { $amount } for { $invoices }, due since { $due_on }. Ask which day suits, write the answer down.

# What goes with a paper. $number is that of the paper, $on its day, $due_on the day until which to pay or to answer.

message-invoice-subject = { $company }: invoice { $number }, { $amount }
message-invoice-body = Hello { $customer }, here is invoice { $number } of { $on } for { $amount }, due on { $due_on }. Pay by { $how_to_pay }. Thank you. { $collector }, { $company }

message-credit-note-subject = { $company }: credit note { $number }, { $amount }
message-credit-note-body = Hello { $customer }, here is credit note { $number } of { $on } for { $amount }. { $collector }, { $company }

message-receipt-subject = { $company }: we received { $amount }
message-receipt-body = Hello { $customer }, we received { $amount } on { $on }. Thank you; here is your receipt. { $collector }, { $company }

message-statement-subject = { $company }: your statement of account
message-statement-body = Hello { $customer }, here is your statement of { $on }. The balance is { $amount }. If something is wrong, please tell me. { $collector }, { $company }

message-quote-subject = { $company }: offer { $number }, { $amount }
message-quote-body = Hello { $customer }, here is our offer { $number } for { $amount }; it stands until { $due_on }. { $collector }, { $company }

refusal-not-a-letter = This message goes with { $name }, which is a paper of its own. Print that.
refusal-message-outdated = The account of { $customer } has changed since this message was written. Ignore the message and turn the day: it is written again with today's amounts.
