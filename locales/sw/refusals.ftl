# needs a native reader
# Programu inachokataa: kilichotokea, kwa kitu gani, na hatua inayofuata.

refusal-not-allowed = { $user } hana ruhusa: { $action }. Omba ruhusa kwa msimamizi, au mwombe mwenye ruhusa afanye.
refusal-other-portfolio = { $user } hana ruhusa hapa: { $action }. Akaunti hii inafuatiliwa na { $collector }. Muulize { $collector } au meneja.
refusal-not-found = Hakipo katika kampuni hii: { $kind } "{ $name }". Angalia tahajia, au tafuta katika orodha.
refusal-no-company = Hakuna kampuni "{ $name }" katika kitabu hiki. Angalia msimbo baada ya --company, au uache kama ni moja tu.
refusal-exists = Tayari kuna "{ $name }" ({ $kind }). Tumia kilichopo, au chagua jina lingine.
refusal-other-content = { $number } imeshaandikwa ikiwa na maudhui mengine; hakuna kilichobadilika. Irekebishe kwa hati ya kupunguza deni (credit note) au kwa kuibatilisha, au ipe hati mpya nambari nyingine.
refusal-key-reused = Ufunguo "{ $key }" ulitumika kwa ombi lingine. Rudia ombi hilo bila kulibadilisha, au tuma hili kwa ufunguo mpya.
refusal-missing = Kuna kitu kinakosekana: { $field }. Kijaze, kisha jaribu tena.
refusal-invalid = Kwenye { $field }, "{ $value }" haikubaliki: { $reason }. Rekebisha, kisha jaribu tena.
refusal-invalid-empty = Kilichoandikwa kwenye { $field } hakiwezi kutumika: { $reason }. Rekebisha, kisha jaribu tena.
refusal-exceeds-open = { $item } imebaki { $open }; { $amount } ni zaidi ya hapo. Chukua si zaidi ya { $open }.
refusal-already-settled = { $item } imelipwa yote: hakuna kilichobaki. Angalia nambari, au acha fedha kwenye akaunti.
refusal-exceeds-unapplied = { $source } imebaki na { $unapplied } ya kuoanisha; { $amount } ni zaidi ya hapo. Oanisha si zaidi ya { $unapplied }, au tumia malipo mengine kwa kinachobaki.
refusal-exceeds-refundable = { $receipt } imebaki na { $unapplied } ambayo haijaoanishwa; { $amount } ni zaidi ya hapo. Rejesha si zaidi ya { $unapplied }, au kwanza batilisha kilichooanishwa au kilichorejeshwa.
refusal-exceeds-creditable = Ya { $invoice } imebaki { $left } tu ya kupunguza, si { $amount }. Usipunguze zaidi ya hapo.
refusal-unidentified = Bado haijulikani nani alilipa { $source }. Kwanza taja mteja, kisha uyaoanishe.
refusal-other-customer = { $source } na { $item } si za mteja mmoja au sarafu moja, kwa hiyo moja haiwezi kulipa nyingine. Chagua deni la mteja yuleyule na sarafu ileile.
refusal-not-positive = { $amount } si zaidi ya sifuri. Toa kiasi kilicho zaidi ya sifuri; kurudisha nyuma, batilisha.
refusal-before-document = { $on } ni kabla ya { $document }, ya tarehe { $document_on }. Tumia { $document_on } au siku ya baadaye.
refusal-before-movement = { $item } ilikuwa na malipo, hati ya kupunguza deni (credit note), ufutaji wa deni, urejeshaji wa fedha au ubatilisho tarehe { $moved_on }; { $on } ni kabla ya hapo. Tumia { $moved_on } au siku ya baadaye.
refusal-after-today = { $on } ni baada ya leo, { $today }: fedha haiwezi kuwa imeshatoka. Tumia leo au siku iliyotangulia.
refusal-period-closed = { $on } iko katika kipindi kilichofungwa: kila kitu hadi { $closed_to } kimefungwa. Tumia siku ya baadaye, au omba kipindi kifunguliwe.
refusal-no-rate = Hakuna kiwango cha ubadilishaji cha { $currency } tarehe { $on } wala kabla yake. Ongeza kimoja pamoja na chanzo chake, kisha jaribu tena.
refusal-already-reversed = { $what } imeshabatilishwa; hakuna kilichobadilika. Hakuna zaidi la kufanya.
refusal-totals-differ = { $number }: jumla ya sehemu ni { $sum }, lakini jumla iliyoandikwa ni { $total }. Rekebisha sehemu au jumla, kisha andika tena.
refusal-clock-behind = Saa ya kompyuta hii inaonyesha { $now }, lakini ingizo la mwisho lilitiwa muhuri { $last }. Rekebisha saa, kisha jaribu tena; hakuna kilichoandikwa.
refusal-day-before = Siku ya { $last } imeshageuzwa; { $today } ni ya kabla yake. Geuza ya { $last } au siku ya baadaye.
refusal-not-sealed-yet = Kilichojulikana { $known_at } bado kinaweza kubadilika: muhuri wa mwisho ni wa { $last }. Omba wakati usiozidi huo, au usitaje wakati.
refusal-plan-gone = Mpango { $plan } haujulikani, au umeshatekelezwa. Fanya mpango mpya kwa --dry-run na uutazame kwanza.
refusal-sign-mismatch = { $number } iko upande usio sahihi: ankara ni zaidi ya sifuri na hupokea malipo, hati ya kupunguza deni (credit note) ni chini ya sifuri na hupunguza deni. Chagua hati ya aina nyingine, au badilisha alama.
refusal-buckets = "{ $buckets }" haiwezi kuwa makundi ya umri wa madeni. Toa siku zinazopanda na zilizo zaidi ya sifuri, kama 30,60,90.
refusal-which-company =
    { $count ->
        [0] Kitabu hiki bado hakina kampuni. Tengeneza moja kwa "ideni init".
       *[other] Kitabu hiki kina kampuni { $count }: { $codes }. Sema ipi kwa --company CODE.
    }
refusal-nothing-open = { $customer } hana deni lililobaki, kwa hiyo hakuna la kufanya. Hakikisha ni mteja sahihi.
refusal-hold-end = Usitishaji lazima uishe baada ya leo ({ $today }); { $until } si baada ya leo. Toa siku ya baadaye.
refusal-promise-day = { $on } imepita: leo ni { $today }. Ahadi inahitaji leo au siku ya baadaye.
refusal-too-large = Nambari ya { $what } ni kubwa mno kuhifadhiwa kwa usahihi. Angalia kama ina tarakimu za ziada, au igawanye.
refusal-file-exists = { $file } lipo tayari na halibadilishwi. Ipe nakala jina lingine.
refusal-file-missing = Hakuna faili { $file }. Angalia jina na folda.
refusal-backup-broken = Nakala si kamili: { $cause }. Usiitumie; tengeneza mpya, au chukua ya zamani.
refusal-book-not-empty = Kitabu cha kujazwa si tupu. Taja kipya kwa --database.
refusal-no-book = { $file } si kitabu cha Ideni ({ $cause }). Taja kingine kwa --database; faili limeachwa lilivyo.
refusal-newer-book = Kitabu hiki kiliandikwa na Ideni mpya zaidi: majedwali yake yako { $number }, programu hii inajua { $ours }. Tumia programu mpya zaidi.
refusal-not-durable = PostgreSQL inaendeshwa na { $setting } = { $value }, na umeme ukikatika fedha zingepotea. Iweke on, kisha jaribu tena.
refusal-no-address = Ideni haiwezi kusikiliza kwenye { $address } ({ $cause }). Taja anwani nyingine kwa --listen.
refusal-no-certificate = Cheti cha usalama hakiwezi kutumika: { $file } ({ $cause }). Toa cheti pamoja na mnyororo wake na ufunguo wake, vyote kwa PEM, kwa --cert na --cert-key. Kama ni kile kilichotengenezwa na Ideni, futa folda yake: kipya kitatengenezwa, na kompyuta zitahitaji kukiamini.
refusal-public-address = { $address } ni anwani ya intaneti, ambayo Ideni haiitengenezei cheti cha usalama. Pata cha jina la mashine hii na ukitoe kwa --cert na --cert-key.
refusal-quarantined = Kitabu hiki kimerejeshwa kutoka nakala na kiko karantini, hakuna kinachotoka; hakuna kilichobadilika. Kama ndicho kinachotumika sasa, msimamizi anaiondoa kwa "ideni quarantine lift --reason SABABU".
refusal-not-quarantined = Kitabu hiki hakiko karantini; hakuna kilichobadilika. Hakuna cha kuondoa.

kind-account = akaunti ya fedha
kind-allocation = uoanishaji wa malipo
kind-company = kampuni
kind-customer = mteja
kind-identified-receipt = malipo yaliyotambuliwa
kind-invoice = ankara
kind-credit-note = hati ya kupunguza deni (credit note)
kind-hold = usitishaji
kind-payer = mlipaji
kind-message = ujumbe
kind-payment = malipo
kind-promise = ahadi ya kulipa
kind-open-item = deni lililobaki
kind-receipt = malipo
kind-refund = urejeshaji wa fedha
kind-line = mstari
kind-user = mtumiaji
refusal-before-reversal = Haiwezi kuandikwa tarehe { $on }: kinachotumika kiliachiliwa na ubatilisho wa { $reversed_on }. Tumia tarehe { $reversed_on } au baadaye.
kind-dispute = mgogoro
kind-certificate = cheti
kind-contract = mkataba
kind-end = mwisho
kind-late-charge = ada ya kuchelewa
refusal-exceeds-undisputed = { $item } ina { $undisputed } ambayo haina mgogoro; { $amount } ni zaidi ya hiyo. Pinga si zaidi ya { $undisputed }, au maliza kwanza mgogoro mwingine.
refusal-dispute-ended = Mgogoro huu uliisha tarehe { $on }: { $outcome }. Hakuna kilichobadilika; andika mwingine kama mteja anapinga tena.
refusal-certificate-is = Hatua hii haifuati; cheti kiko: { $certificate }. Hati huwekwa ikisubiriwa, hudaiwa ikiwa imepokelewa, na hukataliwa mara moja tu.
refusal-of-certificate = Cheti { $id } ndicho kilicholipa hiki. Kataa cheti kwa sababu yake, na ankara itafunguka tena.
refusal-no-template = { $name } haichapishwi: { $cause }. Hakuna kilichohifadhiwa.
refusal-period-billed = Ankara { $number } imetoza hili hadi { $until }. Badilisha mkataba kuanzia siku ya baadaye, au toa hati ya mkopo kwa ankara.
kind-holiday = sikukuu
kind-statement-line = mstari wa taarifa
refusal-line-decided = Mstari { $line } uliamuliwa tarehe { $on }: { $reason }. Hakuna kilichobadilika; hakuna cha kufanya zaidi.
refusal-line-recorded = Mstari { $line } uliandikwa kama malipo tarehe { $on }; hakuna kilichobadilika. Hakuna zaidi la kufanya.
kind-upload = faili lililotazamwa
refusal-setting-moved = { $by } ameweka { $setting } kuwa "{ $value }" wakati huo; hakuna kilichobadilika. Utazame, kisha uamue tena.
refusal-sheet-full = Karatasi hubeba mistari 1,048,575, na hii ni zaidi. Ichukue kama CSV, au punguza ulichochagua.
kind-setting = mpangilio
kind-action = tendo
refusal-wrong-sign-in = Jina, nenosiri au msimbo si sahihi. Jaribu tena, au mwombe msimamizi kiungo kipya.
refusal-too-many-tries = Majaribio mengi yameshindwa. Subiri { $wait }, kisha jaribu tena; hakuna anayefungiwa kabisa.
refusal-wrong-password = Hili si nenosiri lako la sasa; hakuna kilichobadilika. Liandike tena, au mwombe msimamizi kiungo.
refusal-wrong-code = Msimbo si sahihi, au ulikwisha tumika. Subiri unaofuata kwenye simu yako na uandike huo.
refusal-link-gone = Kiungo hiki kilikwisha tumika, au muda wake umeisha. Mwombe msimamizi kingine.
refusal-conflicting-duties = { $user } angeweza kufanya yote mawili: { $action }; { $against }. Hiyo ni kazi ya watu wawili. Chagua majukumu mengine, au kampuni iruhusu yaorodheshwe ("ideni setting set duties listed --reason SABABU").
refusal-last-administrator = { $user } ndiye msimamizi pekee anayefanya kazi hapa; bila yeye hakuna atakayeweza kuingiza watu. Mfanye mwingine msimamizi kwanza.
refusal-other-companies = { $user } anafanya kazi katika kampuni nyingine za mfumo huu, na hili lingezigusa; hakuna kilichobadilika. Mwombe anayesimamia zote.
kind-session = kipindi cha kuingia
kind-second-factor = kipengele cha pili
unusable-not-understood = haikueleweka ({ $cause }); rudi kwenye ukurasa ujaze tena
unusable-too-long = herufi zisizidi { $most } hapa
unusable-control-character = kuna herufi isiyoandikika; andika tena
refusal-stale-version = Mtu mwingine amehifadhi "{ $name }" baada ya wewe kuifungua: { $user }, { $at }. Yako bado haijaandikwa. Linganisha matoleo yote mawili, kisha hifadhi tena.
refusal-likely-duplicate = "{ $name }" huenda ni mteja uliye naye tayari: { $codes }. Watazame kwanza; kama ni mwingine, sema hivyo na uhifadhi.
refusal-merged = { $code } ameunganishwa na { $into }. Tumia { $into }, au ondoa kwanza muungano huo.
refusal-merge-itself = { $code } hawezi kuunganishwa na yeye mwenyewe. Taja mteja mwingine.
refusal-not-merged = { $code } hajaunganishwa na mteja mwingine; hakuna cha kuondoa.
refusal-needs-approval = Hapa mtu wa pili lazima aidhinishe ({ $action }); hakuna kilichobadilika. Omba, na mtu mwingine ataamua.
refusal-own-request = { $user } ndiye aliyeomba, hawezi pia kuidhinisha. Mtu mwingine mwenye haki ndiye anayeamua.
refusal-own-request-waits = Uliomba mwenyewe, kwa hiyo inasubiri siku moja: unaweza kuidhinisha kuanzia { $from }, kwa sababu.
refusal-request-decided = Ombi hili limeshaamuliwa: { $decision }, na { $user }, { $at }. Hakuna kilichobadilika; hakuna zaidi la kufanya.
kind-contact = mtu wa kuwasiliana
kind-request = ombi
refusal-busy =
    { $count ->
        [one] Kazi ndefu { $count } inaendelea. Subiri imalizike, kisha jaribu tena.
       *[other] Kazi ndefu { $count } zinaendelea. Subiri moja imalizike, kisha jaribu tena.
    }
refusal-still-running = Kazi hii bado inaendelea. Subiri imalizike.
refusal-files-full = Mafaili yanayosubiri kuchukuliwa yana MB { $megabytes }, na hakuna nafasi zaidi. Ondoa yaliyochukuliwa, au punguza ulichochagua.
kind-work = kazi ndefu
refusal-outcome-alone = "{ $attempt }" husimama peke yake: haiendi na matokeo mengine, wala na watu waliopiga au kuja wenyewe. Bakiza kilichotokea, uondoe mengine.
refusal-callback-done = { $by } alipiga simu hii tarehe { $on }. Hakuna kilichobadilishwa; hakuna zaidi la kufanya.
refusal-note-corrected = { $by } ameshasahihisha maelezo haya. Sahihisha maelezo mapya zaidi.
kind-report = ripoti
refusal-key-reaches-further = Kwa ufunguo wa { $user } ungepata ruhusa ambayo majukumu yako hayakupi: { $action }. Tengeneza ufunguo wako mwenyewe, au mwombe anayetunza hifadhidata atengeneze huu kwa amri.
