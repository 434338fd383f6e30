guest = Гость № { $number }
nobody = пока никто
colleague = коллега
age-minutes = { $count ->
    [0] только что
   *[other] { $count } мин
}
age-hours = { $count } ч
age-days = { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[other] { $count } дней
}
button-take = ✋ Взять
button-card = 👤 Карточка
button-done = ✅ Готово
button-lost = ❌ Отказ
button-spam = 🚫 Спам
button-unspam = ♻️ Не спам
button-reopen = ♻️ Вернуть в работу
button-write = ✉️ Написать
button-reply = ✉️ Ответить
button-back = ← Назад
button-cancel = Отмена
request-number = Заявка № { $number }
request-came = Пришла { $when }
request-source = Источник: { $source }
request-is-new = Ждёт, кто возьмёт
request-is-taken = В работе: { $owner }
request-is-done = Готово · { $owner }
request-is-lost = Отказ: { $reason } · { $owner }
request-is-withdrawn = Клиент отозвал заявку
request-taken-back = Клиент отозвал заявку № { $number }.
request-is-spam = Спам: скрыто и молчит, пока не отменят
team-stage-new = новая
team-stage-taken = в работе
team-stage-done = готово
team-stage-lost = отказ
team-stage-spam = спам
team-stage-withdrawn = отозвана
lost-ask = Почему заявка № { $number } ({ $name }) сорвалась?
lost-other = Другая причина…
lost-type = Напишите в двух словах, почему сорвалась заявка № { $number }.
digest-came = 🔔 <b>{ $count ->
    [one] { $count } новая заявка
    [few] { $count } новые заявки
   *[other] { $count } новых заявок
} за минуту</b>
digest-waiting = В очереди { $count ->
    [one] { $count } открытая заявка
    [few] { $count } открытые заявки
   *[other] { $count } открытых заявок
}.
digest-oldest = Дольше всех ждёт: { $age }.
digest-open = Открыть очередь
told-taken = Ваша заявка № { $number } в работе. Ответим вам здесь.
told-done = Ваша заявка № { $number } выполнена. Спасибо, что вы с нами!
wrote = пишет:
wrote-edited = исправляет своё сообщение:
wrote-request = Открытая заявка № { $number }
wrote-below = <i>Само сообщение — ниже.</i>
wrote-answered = ✅ Ответ дан: { $name }, { $clock }
write-ask = Что отправить: <b>{ $name }</b>? Текст, фото, файл или голосовое уйдут как есть.
write-sent = Отправлено: <b>{ $name }</b>.
write-waits = Сейчас у <b>{ $name }</b> ночь, а недавних сообщений оттуда не было. Ваше уйдёт { $when }.
write-failed = ⚠️ <b>{ $name }</b> не получит ваше сообщение: бот заблокирован или аккаунт удалён. Попробуйте позвонить.
