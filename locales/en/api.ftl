# The JSON API and its page.

# What is wrong with a request, before any action is asked: `api-` and the code. $cause is technical and in English.
api-not-json = The body is not JSON that can be read: { $cause }. Send one JSON object in UTF-8.
api-query-unreadable = What follows the question mark is not text that can be read. Write every sign that is no letter or digit as % and two digits.
api-query-unknown = "{ $field }" cannot stand in the query here: { $cause }. Leave it out, or give it once; the parameters are listed at /api/v1.
api-query-invalid = "{ $field }" in the query cannot be used: { $cause }. Look the parameter up at /api/v1.
api-path-unreadable = The path is not text that can be read. Write every sign that is no letter or digit as % and two digits.
api-body-unexpected = This takes no body. Send the request again without one.
api-idempotency-key-missing = A write needs the header Idempotency-Key. Make one up for each write, and send it again when you try again.
api-idempotency-key-invalid = The header Idempotency-Key takes 1 to 100 signs without spaces. A UUID will do.
api-key-missing = Nobody is known to ask. Send an API key as "Authorization: Bearer ideni_…"; an administrator makes one with "ideni api-key add".
api-key-unknown = There is no such API key. Check that it was copied whole, or ask an administrator for a new one.
api-key-ended = This API key was ended on { $on }. Ask an administrator for a new one.
api-key-expired = This API key worked until { $on }. Ask an administrator for a new one.
api-key-of-nobody = This API key acts for { $user }, who has no role here any more. Ask an administrator for a key of somebody else.
api-out-of-scope = This API key does not reach that far: the scope { $scope } is missing. Ask an administrator for a key that has it.
api-no-such-path = There is no { $path } here. The list of what there is is at /api/v1.
api-method-not-allowed = { $method } cannot be done here. What can: { $allowed }.
api-body-too-large = The body is larger than { $bytes } bytes. Send less at a time.
api-content-type = The body must be of the type { $expected }. Say so in the header Content-Type.
api-field-unknown = "{ $field }" is not known here. Check the spelling, or leave it out; the fields are listed at /api/v1.
api-field-missing = "{ $field }" is missing. Fill it in and try again.
api-field-invalid = "{ $field }" cannot be used: { $cause }. Correct it and try again; what it takes is listed at /api/v1.
api-file-unreadable = The file cannot be read: { $why }. Nothing was taken in.
api-if-match-missing = This changes a record, and needs the header If-Match: the ETag of the record as you read it. Read it, then send its ETag.
api-too-many-requests = Too many requests in too little time. Wait { $seconds } seconds, then go on.
api-failed = Something failed on our side, and nothing was written. Try again; if it fails again, tell whoever runs Ideni.
api-busy = The book is busy, and nothing was written. Try again in a second.

field-expires-on = last day
field-scope = scope
kind-api-key = API key
action-api-key-add = make API keys
action-api-key-end = end API keys
command-key-shown-once = Copy the key now: its text is not kept, and is shown this once. Whoever has it acts for its user.

# The page at /api/v1.
doc-title = Ideni for programs
doc-lead = The actions of the pages and commands, as JSON over HTTP.
doc-rules = Rules
doc-key = A key acts for a user, with no more than the user's rights, within its scopes.
doc-once = Every write bears a key of its own: sent twice, it is carried out once and gets the same answer.
doc-changes = What is read has a tag; whoever changes a record sends back the tag it was read with.
doc-pages = Lists come in pages of up to 200 rows; "next" is where the next page begins.
doc-values = Amounts are decimal texts in major units beside their currency, days are ISO 8601, moments RFC 3339. Unknown fields are refused.
doc-limits = A key has 100 requests a second, and 500 at once.
doc-errors = Every error has one shape. Codes are stable, sentences come in the language of Accept-Language.
doc-status = Status
doc-meaning = Meaning
doc-scope = Scope:
doc-right = Right:
doc-takes = Takes:
doc-gives = Gives:
doc-name = Name
doc-place = Place
doc-kind = Type
doc-needed = Needed
doc-types = Types
