# Дві картки однієї людини: порівняти, об’єднати, знову розділити.
menu-duplicates = картки, схожі на одну людину
dup-title = Одна людина?
dup-place = { $place } з { $count }
dup-since = з { $day }
dup-requests = { $count ->
    [one] { $count } заявка
    [few] { $count } заявки
   *[other] { $count } заявок
}
dup-purchases = { $count ->
    [one] { $count } покупка
    [few] { $count } покупки
   *[other] { $count } покупок
}
dup-notes = { $count ->
    [one] { $count } нотатка
    [few] { $count } нотатки
   *[other] { $count } нотаток
}
dup-on-telegram = можна написати
dup-off-telegram = немає в Telegram
dup-were-distinct = ⚠️ Хтось із команди вже позначив, що це дві різні людини.
dup-same = <b>Збігається</b>
dup-differ = <b>Відрізняється</b>
dup-only = <b>Лише в № { $number }</b>
dup-field-name = Ім’я
dup-field-phone = Телефон
dup-field-email = Пошта
dup-field-telegram = Telegram
dup-field-language = Мова
dup-field-timezone = Часовий пояс
dup-field-owner = Менеджер
dup-field-status = Статус
dup-field-level = Рівень
dup-card = 👤 № { $number }
dup-button = 🔗 Дублікат картки…
dup-merge = 🔗 Одна людина: об’єднати…
dup-apart = 👥 Це різні люди
dup-later = ⏭ Пізніше
dup-next = Наступна пара ▶
dup-back = ◀ Назад
dup-into-one = В одну картку
dup-stays = Залишиться № { $winner } (<b>{ $name }</b>), № { $loser } увійде до неї.
dup-choose = Де дані відрізняються, збережеться виділене. Натисніть, щоб узяти інше:
dup-two-accounts = Обидва акаунти Telegram вестимуть до цієї картки. Я пишу на виділений, доки людина не напише з іншого.
dup-spam = ⚠️ Одну з карток позначено як спам. Спільна картка буде спамом, лише якщо ним позначено № { $winner }.
dup-follows = Заявки, покупки, нотатки, мітки, файли, опитування та все інше перейдуть; телефони й пошта складуться разом. Якщо хоч в одній картці є відмова від повідомлень, вона лишається чинною. Старий номер відкриє нову картку. Скасувати можна будь-коли.
dup-swap = 🔄 Залишити № { $number }
dup-do = ✅ Об’єднати { $loser } з { $winner }
dup-joined = № { $loser } тепер частина № { $winner }, <b>{ $name }</b>. Перейшло все, а старий номер відкриває цю картку.
dup-joined-by-rule = Той самий підтверджений телефон: картку № { $loser } я об’єднав з № { $winner }, <b>{ $name }</b>. Якщо це різні люди, натисніть «Скасувати»: я запам’ятаю.
dup-undo = ↩️ Скасувати
dup-undone = № { $winner } і № { $loser } знову дві картки, як були.
dup-stayed = Усе, що з’явилося відтоді, лишається в № { $winner }.
dup-kept = { $count ->
    [one] { $count } запис відтоді змінили, він лишається зміненим.
    [few] { $count } записи відтоді змінили, вони лишаються зміненими.
   *[other] { $count } записів відтоді змінили, вони лишаються зміненими.
}
dup-none = 👌 Схожих пар немає. Я шукаю їх щоночі та коли з’являється хтось новий. Об’єднати дві картки самостійно: /duplicates 12 40.
dup-ask-other = Чия картка — та сама людина, що № { $number }, <b>{ $name }</b>? Напишіть її номер, ім’я, телефон або @username.
dup-nobody = Більше нікого за цими словами не знайдено. Спробуйте номер картки, останні цифри телефону або частину імені.
dup-which = Хто з них та сама людина, що № { $number }, <b>{ $name }</b>?
dup-parted = Запам’ятав: різні люди. Більше не питатиму.
dup-did = Об’єднано
dup-did-undo = Скасовано
usage-duplicates = Напишіть /duplicates, щоб переглянути схожі пари, /duplicates 12 40, щоб порівняти дві картки, або /duplicates 12, щоб знайти дублікат однієї.
refused-dup-same = Це одна й та сама картка. Для пари потрібні дві.
refused-dup-done = Це вже одна картка: № { $number }.
refused-dup-changed = Поки ви дивилися, картка змінилася. Порівняйте ще раз.
refused-dup-unknown = Такого об’єднання немає.
refused-dup-not-yours = Скасувати може той, хто об’єднав, або власник. Попросіть власника.
refused-dup-undone = Це вже скасовано.
refused-dup-erased = Скасувати вже не можна: спільну картку стерто або видалено.
refused-dup-later = № { $number } пізніше сама увійшла до № { $into }. Спершу скасуйте це.
