# needs a native reader
# Anachopokea mdaiwa, kwa kila hatua. GSM-7 letters only; variables as in English.

message-pre-due-note-subject = { $company }: { $amount } kulipwa { $due_on }
message-pre-due-note-body = Habari { $customer }, kikumbusho cha kirafiki: { $amount } ya { $invoices } inatakiwa kulipwa tarehe { $due_on }. Tafadhali lipa kwa { $how_to_pay }. Asante. { $collector }, { $company }

message-reminder-1-subject = { $company }: kikumbusho cha kirafiki, { $amount }
message-reminder-1-body = Habari { $customer }, { $amount } ya { $invoices } ilitakiwa kulipwa tarehe { $due_on }. Tafadhali lipa kwa { $how_to_pay }. Kama umeshalipa, tafadhali puuza ujumbe huu. Asante. { $collector }, { $company }

message-reminder-2-subject = { $company }: kikumbusho cha pili, { $amount }
message-reminder-2-body = Habari { $customer }, { $amount } ya { $invoices } imechelewa siku { $days_late }. Tafadhali lipa kwa { $how_to_pay }, au niambie siku inayokufaa au tatizo lililopo. { $collector }, { $company }

message-reminder-3-subject = { $company }: kikumbusho cha tatu, { $amount }
message-reminder-3-body = { $customer }, bado hatujapokea { $amount } ya { $invoices }, iliyochelewa siku { $days_late }. Tafadhali lipa wiki hii kwa { $how_to_pay }. Kama huwezi kulipa yote, nipigie tukubaliane mpango wa malipo. { $collector }, { $company }

message-final-notice-subject = { $company }: notisi ya mwisho, { $amount }
message-final-notice-body = Notisi ya mwisho. { $customer }, { $amount } ya { $invoices }, tarehe ya mwisho { $due_on }, imechelewa siku { $days_late }. Tafadhali lipa kwa { $how_to_pay } au nipigie. Bila jibu, tutachukulia ni uamuzi wako na kuamua hatua inayofuata. { $collector }, { $company }

message-how-to-pay = MoMo au benki, kumbukumbu { $reference }
message-pay-by = { $way }, kumbukumbu { $reference }
message-call-subject = Piga simu { $customer }: { $amount }
message-call-body = Piga simu { $customer }: { $amount } kwa { $invoices }, ilipaswa kulipwa { $due_on }. Uliza siku inayofaa, andika jibu.

# Kinachoenda na hati.

message-invoice-subject = { $company }: ankara { $number }, { $amount }
message-invoice-body = Habari { $customer }, hii ni ankara { $number } ya { $on } ya { $amount }, ilipwe kabla ya { $due_on }. Tafadhali lipa kwa { $how_to_pay }. Asante. { $collector }, { $company }

message-credit-note-subject = { $company }: hati ya mkopo { $number }, { $amount }
message-credit-note-body = Habari { $customer }, hii ni hati ya mkopo { $number } ya { $on } ya { $amount }. { $collector }, { $company }

message-receipt-subject = { $company }: tumepokea { $amount }
message-receipt-body = Habari { $customer }, tumepokea { $amount } tarehe { $on }. Asante; hii ni risiti yako. { $collector }, { $company }

message-statement-subject = { $company }: taarifa ya akaunti yako
message-statement-body = Habari { $customer }, hii ni taarifa ya akaunti yako ya { $on }. Salio ni { $amount }. Kama kuna kosa, tafadhali niambie. { $collector }, { $company }

message-quote-subject = { $company }: bei { $number }, { $amount }
message-quote-body = Habari { $customer }, hii ni bei yetu { $number } ya { $amount }; inadumu hadi { $due_on }. { $collector }, { $company }

refusal-not-a-letter = Ujumbe huu unaenda na { $name }, ambayo ni hati yenyewe. Chapisha hiyo.
refusal-message-outdated = Akaunti ya { $customer } imebadilika tangu ujumbe huu uandikwe. Upuuze na ugeuze siku: utaandikwa upya kwa kiasi cha leo.
