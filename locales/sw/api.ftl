# needs a native reader
# The JSON API and its page.

# What is wrong with a request, before any action is asked: `api-` and the code. $cause is technical and in English.
api-not-json = Mwili wa ombi si JSON inayosomeka: { $cause }. Tuma kitu kimoja cha JSON katika UTF-8.
api-query-unreadable = Kinachofuata alama ya kuuliza hakisomeki. Andika kila alama isiyo herufi wala tarakimu kwa % na tarakimu mbili.
api-query-unknown = "{ $field }" haiwezi kuwa katika swali hapa: { $cause }. Iondoe, au itoe mara moja; vigezo vimeorodheshwa katika /api/v1.
api-query-invalid = "{ $field }" katika swali haiwezi kutumika: { $cause }. Tazama kigezo hicho katika /api/v1.
api-path-unreadable = Njia haisomeki. Andika kila alama isiyo herufi wala tarakimu kwa % na tarakimu mbili.
api-body-unexpected = Hapa hapatakiwi mwili wa ombi. Tuma ombi tena bila mwili.
api-idempotency-key-missing = Kuandika kunahitaji kichwa Idempotency-Key. Buni kimoja kwa kila uandishi, na utume kile kile unapojaribu tena.
api-idempotency-key-invalid = Kichwa Idempotency-Key kinakubali alama 1 hadi 100 bila nafasi. UUID inatosha.
api-key-missing = Anayeuliza hajulikani. Tuma ufunguo wa API: "Authorization: Bearer ideni_…"; msimamizi huutengeneza kwa "ideni api-key add".
api-key-unknown = Hakuna ufunguo wa API kama huu. Hakikisha umenakiliwa wote, au mwombe msimamizi mwingine.
api-key-ended = Ufunguo huu wa API ulikomeshwa tarehe { $on }. Mwombe msimamizi mwingine.
api-key-expired = Ufunguo huu wa API ulifanya kazi hadi { $on }. Mwombe msimamizi mwingine.
api-key-of-nobody = Ufunguo huu wa API unatenda kwa niaba ya { $user }, ambaye hana jukumu hapa tena. Mwombe msimamizi ufunguo wa mtu mwingine.
api-out-of-scope = Ufunguo huu wa API haufiki huko: unakosa upeo { $scope }. Mwombe msimamizi ufunguo ulio nao.
api-no-such-path = Hakuna { $path } hapa. Orodha ya vilivyopo iko katika /api/v1.
api-method-not-allowed = { $method } haiwezekani hapa. Kinachowezekana: { $allowed }.
api-body-too-large = Mwili wa ombi unazidi baiti { $bytes }. Tuma kidogo kwa wakati mmoja.
api-content-type = Mwili wa ombi lazima uwe wa aina { $expected }. Sema hivyo katika kichwa Content-Type.
api-field-unknown = "{ $field }" haijulikani hapa. Angalia tahajia, au iondoe; sehemu zimeorodheshwa katika /api/v1.
api-field-missing = "{ $field }" inakosekana. Ijaze kisha jaribu tena.
api-field-invalid = "{ $field }" haiwezi kutumika: { $cause }. Irekebishe kisha jaribu tena; kinachokubaliwa kiko katika /api/v1.
api-file-unreadable = Faili halisomeki: { $why }. Hakuna kilichoingizwa.
api-if-match-missing = Hii inabadilisha rekodi na inahitaji kichwa If-Match: ETag ya rekodi kama ulivyoisoma. Isome, kisha tuma ETag yake.
api-too-many-requests = Maombi ni mengi mno kwa muda mfupi. Subiri sekunde { $seconds }, kisha endelea.
api-failed = Kuna kilichoshindikana upande wetu, na hakuna kilichoandikwa. Jaribu tena; kikirudia, mwambie anayesimamia Ideni.
api-busy = Kitabu kina shughuli nyingi, na hakuna kilichoandikwa. Jaribu tena baada ya sekunde moja.

field-expires-on = siku ya mwisho
field-scope = upeo
kind-api-key = ufunguo wa API
action-api-key-add = kutengeneza funguo za API
action-api-key-end = kukomesha funguo za API
command-key-shown-once = Nakili ufunguo sasa: maandishi yake hayahifadhiwi na yanaonyeshwa mara hii tu. Aliye nao hutenda kwa niaba ya mtumiaji wake.

# The page at /api/v1.
doc-title = Ideni kwa programu
doc-lead = Vitendo vya kurasa na amri, kama JSON kupitia HTTP.
doc-rules = Kanuni
doc-key = Ufunguo hutenda kwa niaba ya mtumiaji, bila kuzidi haki zake, ndani ya upeo wake.
doc-once = Kila uandishi una ufunguo wake: ukitumwa mara mbili hufanyika mara moja na hupata jibu lile lile.
doc-changes = Kilichosomwa kina alama; anayebadilisha rekodi hurudisha alama aliyoisoma nayo.
doc-pages = Orodha huja kwa kurasa za mistari isiyozidi 200; "next" ndipo ukurasa unaofuata unapoanza.
doc-values = Kiasi ni maandishi ya desimali katika vizio vikuu kando ya sarafu yake, siku ni ISO 8601, nyakati ni RFC 3339. Sehemu zisizojulikana hukataliwa.
doc-limits = Ufunguo una maombi 100 kwa sekunde, na 500 kwa pamoja.
doc-errors = Kila kosa lina umbo moja. Misimbo haibadiliki, sentensi huja katika lugha ya Accept-Language.
doc-status = Hali
doc-meaning = Maana
doc-scope = Upeo:
doc-right = Haki:
doc-takes = Hupokea:
doc-gives = Hutoa:
doc-name = Jina
doc-place = Mahali
doc-kind = Aina
doc-needed = Inahitajika
doc-types = Aina za data
