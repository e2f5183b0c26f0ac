# needs a native reader
# Impamvu ubwishyu buhujwe n'inyemezabuguzi, cyangwa budahujwe.

evidence-refers-to = Ubutumwa buvuga { $number }.
evidence-refers-weakly-to = Ubutumwa busa n'ubuvuga { $number }: iherezo ryayo gusa, cyangwa inyuguti zisa n'imibare.
evidence-not-open = Ubutumwa buvuga { $number }, itagifite asigaye kwishyurwa.
evidence-payer-known = Uwishyuye azwi kuri konti, telefone cyangwa nimero y'usora (TIN).
evidence-payer-by-name = Ubutumwa burimo izina ry'umukiriya: "{ $words }".
evidence-payer-learned = Umuntu yavuze ko amafaranga ya "{ $words }" ari ay'uyu mukiriya.
evidence-other-payer = Ubutumwa buvuga { $number }, y'undi mukiriya utari uwishyuye.
evidence-mixed-customers = Inyemezabuguzi zavuzwe ni iz'abakiriya { $count }.
evidence-exact-amount = Amafaranga, { $amount }, angana neza n'asigaye kwishyurwa.
evidence-with-discount = Amafaranga arangiza umwenda hamwe n'igabanuka ry'uwishyura mbere, { $discount }.
evidence-same-amount = Ibisigaye kwishyurwa { $count } bifite aya mafaranga neza.
evidence-only-combination = Hari uburyo bumwe gusa ibisigaye kwishyurwa by'umukiriya bitanga aya mafaranga: { $count }.
evidence-several-combinations =
    { $count ->
        [100] Hari uburyo 100 cyangwa burenga ibisigaye kwishyurwa bitanga aya mafaranga.
       *[n] Hari uburyo { $count } ibisigaye kwishyurwa bitanga aya mafaranga.
    }
evidence-not-counted = Umukiriya afite ibisigaye kwishyurwa { $count }, ni byinshi ngo hageragezwe uburyo bwose.
evidence-overpaid = Ubwishyu burenze asigaye ho { $rest }; ayo arenzeho aguma kuri konti.
evidence-short-by = Ku bwishyu haraburaho { $missing }.
evidence-within-tolerance = Aburaho, { $missing }, ari mu rugero rwemewe.
evidence-oldest-first = Ubwishyu bw'uyu mukiriya bubanza ku bimaze igihe kurusha ibindi, nk'uko byumvikanyweho.
evidence-nothing-open = Umukiriya nta cyo asigaje kwishyura.
evidence-no-evidence = Nta nimero, nta wishyuye uzwi, nta n'umubare uvuga icyo ubu bwishyu bwishyurira.
