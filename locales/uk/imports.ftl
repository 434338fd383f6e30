import-reading = Читаю «{ $file }». Скажу, що в ньому, щойно подивлюся.
import-columns = { $rows ->
    [one] { $rows } рядок.
    [few] { $rows } рядки.
   *[other] { $rows } рядків.
} Ось за що я сприйняв кожен стовпець:
import-remembered = Такий файл уже був: стовпці розібрано, як минулого разу.
import-corrects = Це виправлені рядки: стовпці, джерело, згода й мітки — як ви сказали минулого разу.
import-program = Схоже на { $program }.
import-columns-more = Стовпці: { $range }
import-columns-hint = Якщо стовпець зрозуміло неправильно, натисніть його номер.
import-next = Далі ▶
import-back = ◀ Назад
import-stop = Скасувати
import-ask-column = Що в цьому стовпці?
import-as-name = Ім’я повністю
import-as-first-name = Ім’я
import-as-last-name = Прізвище
import-as-middle-name = По батькові
import-as-phone = Телефон
import-as-email = E-mail
import-as-birthday = День народження
import-as-city = Місто
import-as-organisation = Організація
import-as-position = Посада
import-as-sex = Стать
import-as-tags = Мітки
import-as-note = Нотатка
import-as-source = Джерело
import-as-created = Коли з’явився
import-as-status = Статус
import-as-owner = Менеджер
import-as-language = Мова
import-as-username = Ім’я в Telegram
import-as-telegram-id = Номер у Telegram
import-as-amount = Сума покупки
import-as-currency = Валюта
import-as-bought-at = Дата покупки
import-as-what = Що купили
import-as-order = Номер замовлення
import-as-ignore = Не брати
import-columns-of-cards = { $rows ->
    [one] { $rows } контакт.
    [few] { $rows } контакти.
   *[other] { $rows } контактів.
} Ось за що я сприйняв кожне поле:
import-columns-hint-of-cards = Якщо поле зрозуміло неправильно, натисніть його номер.
import-ask-column-of-cards = Що в цьому полі?
import-faulty-of-cards = { $count ->
    [one] { $count } контакт не повністю: частина не прочиталася
    [few] { $count } контакти не повністю: частина не прочиталася
   *[other] { $count } контактів не повністю: частина не прочиталася
}
import-lost-of-cards = { $count ->
    [one] { $count } контакт пропущено
    [few] { $count } контакти пропущено
   *[other] { $count } контактів пропущено
}
import-wrong-of-cards = ⚠️ Є помилки в { $count ->
    [one] { $count } контакті
   *[other] { $count } контактах
}:
import-row-of-cards = контакт { $number }
import-start-of-cards = Імпортувати { $count ->
    [one] { $count } контакт
    [few] { $count } контакти
   *[other] { $count } контактів
}
import-options = Тепер про файл загалом.
import-not-said = не сказано
import-source = 📍 Звідки ці люди: <b>{ $source }</b>
import-agreed-ask = ✋ Чи погодилися ці люди отримувати від вас повідомлення? Без відповіді імпорт не почнеться.
import-agreed-yes = ✋ Ці люди погодилися отримувати повідомлення: <i>{ $proof }</i>
import-agreed-no = ✋ Згоди на розсилки немає: їм надійде лише те, про що вони самі попросять.
import-tags = 🏷 Мітки всім: { $tags }
import-mode-fill = 👥 Хто вже є в базі: доповню порожні поля.
import-mode-overwrite = 👥 Хто вже є в базі: поля заміню тими, що у файлі.
import-mode-skip = 👥 Хто вже є в базі: пропущу.
import-change-source = 📍 Звідки вони
import-yes = Погодилися
import-no = Не погодилися
import-change-tags = 🏷 Мітки
import-change-mode = 👥 Хто вже є
import-check = Перевірити файл ▶
import-ask-source = Звідки ці люди? Це стане їхнім джерелом на картках.
import-own-source = Написати своє
import-source-old-base = Стара база
import-source-phone-book = Телефонна книга
import-source-event = Захід
import-source-partner = Партнер
import-type-source = Напишіть, звідки ці люди: одне-два слова.
import-type-proof = Напишіть, як і коли вони погодилися: наприклад, «анкети на стійці, весна 2025». Це залишиться доказом.
import-type-tags = Напишіть мітки через кому.
import-checking = Перевіряю рядки…
import-would = Якщо почати, буде так:
import-new = { $count ->
    [one] { $count } новий
    [few] { $count } нові
   *[other] { $count } нових
}
import-changed = { $count ->
    [one] { $count } оновлено
    [few] { $count } оновлено
   *[other] { $count } оновлено
}
import-unchanged = { $count ->
    [one] { $count } без змін
    [few] { $count } без змін
   *[other] { $count } без змін
}
import-twins = { $count ->
    [one] { $count } повтор усередині файлу
    [few] { $count } повтори всередині файлу
   *[other] { $count } повторів усередині файлу
}
import-sales = { $count ->
    [one] { $count } покупка
    [few] { $count } покупки
   *[other] { $count } покупок
}
import-bought = { $count ->
    [one] { $count } покупка { $people } на { $sums }
    [few] { $count } покупки { $people } на { $sums }
   *[other] { $count } покупок { $people } на { $sums }
}
import-buyers = { $count ->
    [one] { $count } людини
    [few] { $count } людей
   *[other] { $count } людей
}
import-sold = { $count ->
    [one] { $count } з них уже є і вдруге не потрапить
    [few] { $count } з них уже є і вдруге не потраплять
   *[other] { $count } з них уже є і вдруге не потраплять
}
import-held = { $count ->
    [one] { $count } покупка чекає: у її рядку помилка
    [few] { $count } покупки чекають: у їхніх рядках помилки
   *[other] { $count } покупок чекають: у їхніх рядках помилки
}
import-held-why = покупка чекає, доки рядок не виправлено
import-faulty = { $count ->
    [one] { $count } рядок не повністю: частина не прочиталася
    [few] { $count } рядки не повністю: частина не прочиталася
   *[other] { $count } рядків не повністю: частина не прочиталася
}
import-lost = { $count ->
    [one] { $count } рядок пропущено
    [few] { $count } рядки пропущено
   *[other] { $count } рядків пропущено
}
import-wrong = ⚠️ Є помилки в { $count ->
    [one] { $count } рядку
    [few] { $count } рядках
   *[other] { $count } рядках
}:
import-row = рядок { $number }
import-start = Імпортувати { $count ->
    [one] { $count } рядок
    [few] { $count } рядки
   *[other] { $count } рядків
}
import-report = 📄 Усі помилки файлом
import-report-text = 📄 { $count ->
    [one] { $count } рядок із помилкою. Виправте його просто в цьому файлі й надішліть його сюди знову.
    [few] { $count } рядки з помилками. Виправте їх просто в цьому файлі й надішліть його сюди знову.
   *[other] { $count } рядків із помилками. Виправте їх просто в цьому файлі й надішліть його сюди знову.
}
import-report-name = виправити
import-report-why = Що не так (імпорт № { $number })
import-running = Записую…
import-undoing = Повертаю все, як було…
import-refresh = 🔄 Оновити
import-done = Готово.
import-mend = Рядки з помилками зібрано в окремий файл: виправте їх там і надішліть його знову.
import-undo = ↩️ Скасувати імпорт
import-undo-sure = Повернути все, як було до цього імпорту? Це { $count ->
    [one] { $count } картка
    [few] { $count } картки
   *[other] { $count } карток
}. Що люди змінили після нього, залишиться.
import-undo-yes = Так, повернути
import-cancelled = Скасовано. У базі нічого не змінилося.
import-undone = Імпорт скасовано: усе, як було до нього.
import-failed = Не вийшло. У базі нічого не змінилося.
import-stayed = { $count ->
    [one] { $count } картка залишилася: з нею вже працювали.
    [few] { $count } картки залишилися: з ними вже працювали.
   *[other] { $count } карток залишилося: з ними вже працювали.
}
imports = Імпорти
imports-none = Імпортів ще не було. Надішліть мені файл із клієнтами: Excel, CSV, ODS або контакти телефону (VCF).
import-list-done = нових { $new }, змінено { $changed }
import-state-mapping = чекає на відповідь
import-state-checking = перевіряється
import-state-ready = готовий до запису
import-state-running = триває
import-state-undoing = скасовується
import-state-cancelled = скасовано
import-state-undone = скасовано після запису
import-state-failed = не вийшов
import-formats = Я читаю таблиці й контакти: CSV, XLSX, XLS, ODS, VCF, TXT. Надішліть клієнтів в одному з них.
refused-import-large = Файл більший за 20 МБ: стільки Telegram боту не віддає. Поділіть його на частини або покладіть на сервер: python -m bot import.
refused-import-gone = Такого імпорту немає.
refused-import-other = Цей імпорт почала інша людина. Вирішувати може вона або власник.
refused-import-busy = Зачекайте, триває попередній крок.
refused-import-over = Цей імпорт уже завершено.
refused-import-nobody = Не зрозуміло, хто ці люди: позначте стовпець з іменем, телефоном, поштою або іменем у Telegram.
refused-import-consent = Спершу дайте відповідь, чи погодилися ці люди отримувати повідомлення.
refused-import-text = Напишіть це словами, не довше за { $most } знаків.
refused-import-deleted = Файли цього імпорту вже видалено: вони зберігаються 30 днів.
line-imported = 📥 Імпортовано
menu-imports = Імпорти
file-empty = Файл порожній. Перевірте, чи той він, і надішліть знову.
file-large = Файл більший за { $max } МБ. Поділіть його на частини.
file-rows = У файлі понад { $max } рядків. Поділіть його на частини.
file-columns = У файлі понад { $max } стовпців. Залиште потрібні й надішліть знову.
file-slow = Файл читається надто довго. Поділіть його на частини або збережіть як CSV.
file-memory = Файл завеликий, коли розкритий. Поділіть його на частини або збережіть як CSV.
file-broken = Файл пошкоджений або обрізаний. Відкрийте його, збережіть наново й надішліть ще раз.
file-encrypted = Файл закритий паролем. Зніміть пароль і надішліть знову.
file-not-table = Це не таблиця й не контакти. Надішліть CSV, XLSX, XLS, ODS або VCF.
file-web-page = Це вебсторінка, а не таблиця. Відкрийте її в Excel і збережіть як XLSX.
file-quotes = У рядку { $line } відкрито лапки, яких ніхто не закрив. Виправте й надішліть знову.
file-line-long = Рядок { $line } задовгий для таблиці. Перевірте, чи той це файл.
file-bomb = Файл під час розкриття стає величезним: таких я не відкриваю.
file-sheet-unknown = Такого аркуша у файлі немає.
file-nobody = Не зрозуміло, хто ці люди: у файлі немає стовпця з іменем, телефоном, поштою або іменем у Telegram.
file-too-much = Цей файл завеликий для одного разу. Поділіть його на частини.
file-unavailable = Telegram не віддав файл. Надішліть його ще раз.
file-disk = На сервері не вдалося записати або прочитати файл. Перевірте місце на диску й надішліть файл знову.
file-unknown = Файл не прочитався. Збережіть його як CSV або XLSX і надішліть знову.
fault-phone-invalid = це не номер телефону; пишіть так: { $example }
fault-phone-rounded = таблиця заокруглила номер, останні цифри втрачено
fault-email-invalid = це не адреса пошти
fault-email-typo = схоже на одрук, можливо { $meant }
fault-date-unknown = не зрозуміло, яка це дата
fault-date-impossible = такого дня не буває
fault-date-future = ця дата ще не настала
fault-date-old = понад { $years } років тому
fault-date-year = бракує року
fault-username-invalid = це не ім’я в Telegram
fault-telegram-invalid = це не номер у Telegram
fault-sex-unknown = не зрозуміло, чоловіча чи жіноча
fault-status-unknown = такого статусу немає
fault-language-unknown = такої мови я не знаю
fault-amount-invalid = це не сума
fault-currency-rate = немає курсу для { $currency }: додайте його в [money] плейбука
fault-text-long = задовго: не більше { $max } знаків
fault-own-invalid = не підходить для поля «{ $column }»
fault-row-wide = у рядку більше клітинок, ніж стовпців
fault-row-nobody = не сказано, хто це: немає ні імені, ні телефону, ні пошти
fault-row-unreachable = телефон або пошта з помилкою, а іншого шляху до людини немає
fault-other = не прочиталося
