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
