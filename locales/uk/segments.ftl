# Мова сегментів: помилки умов про збережені сегменти й дні народження.
find-mistake-unknown-segment = такого збереженого сегмента немає
find-mistake-segment-cycle = сегмент не може містити сам себе
find-mistake-broken-segment = збережений сегмент більше не читається: спершу виправте його
find-mistake-not-a-birthday = тут потрібен день народження, наприклад сьогодні, next-7d, 08.03 або березень
segment-mistake-reason = Тут не зрозумів: { $reason }.
segment-mistake-meant = Можливо: <code>{ $query }</code>?
