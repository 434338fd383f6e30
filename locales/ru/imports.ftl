import-reading = Читаю «{ $file }». Скажу, что в нём, как только посмотрю.
import-columns = { $rows ->
    [one] { $rows } строка.
    [few] { $rows } строки.
   *[other] { $rows } строк.
} Вот за что я принял каждый столбец:
import-remembered = Такой файл уже был: столбцы разобраны, как в прошлый раз.
import-corrects = Это исправленные строки: столбцы, источник, согласие и метки — как вы сказали в прошлый раз.
import-program = Похоже на { $program }.
import-columns-hint = Если столбец понят неверно, нажмите его номер.
import-columns-more = Столбцы: { $range }
import-next = Дальше ▶
import-back = ◀ Назад
import-stop = Отменить
import-ask-column = Что в этом столбце?
import-as-name = Имя целиком
import-as-first-name = Имя
import-as-last-name = Фамилия
import-as-middle-name = Отчество
import-as-phone = Телефон
import-as-email = E-mail
import-as-birthday = День рождения
import-as-city = Город
import-as-organisation = Организация
import-as-position = Должность
import-as-sex = Пол
import-as-tags = Метки
import-as-note = Заметка
import-as-source = Источник
import-as-created = Когда появился
import-as-status = Статус
import-as-owner = Менеджер
import-as-language = Язык
import-as-username = Имя в Telegram
import-as-telegram-id = Номер в Telegram
import-as-amount = Сумма покупки
import-as-currency = Валюта
import-as-bought-at = Дата покупки
import-as-what = Что купили
import-as-order = Номер заказа
import-as-ignore = Не брать
import-columns-of-cards = { $rows ->
    [one] { $rows } контакт.
    [few] { $rows } контакта.
   *[other] { $rows } контактов.
} Вот за что я принял каждое поле:
import-columns-hint-of-cards = Если поле понято неверно, нажмите его номер.
import-ask-column-of-cards = Что в этом поле?
import-faulty-of-cards = { $count ->
    [one] { $count } контакт не целиком: часть не прочлась
    [few] { $count } контакта не целиком: часть не прочлась
   *[other] { $count } контактов не целиком: часть не прочлась
}
import-lost-of-cards = { $count ->
    [one] { $count } контакт пропущен
    [few] { $count } контакта пропущены
   *[other] { $count } контактов пропущено
}
import-wrong-of-cards = ⚠️ Есть ошибки в { $count ->
    [one] { $count } контакте
   *[other] { $count } контактах
}:
import-row-of-cards = контакт { $number }
import-start-of-cards = Импортировать { $count ->
    [one] { $count } контакт
    [few] { $count } контакта
   *[other] { $count } контактов
}
import-options = Теперь о файле в целом.
import-not-said = не сказано
import-source = 📍 Откуда эти люди: <b>{ $source }</b>
import-agreed-ask = ✋ Согласились ли эти люди получать от вас сообщения? Без ответа импорт не начнётся.
import-agreed-yes = ✋ Эти люди согласились получать сообщения: <i>{ $proof }</i>
import-agreed-no = ✋ Согласия на рассылки нет: им пойдёт только то, о чём они сами попросят.
import-tags = 🏷 Метки всем: { $tags }
import-mode-fill = 👥 Кто уже есть в базе: дополню пустые поля.
import-mode-overwrite = 👥 Кто уже есть в базе: поля заменю теми, что в файле.
import-mode-skip = 👥 Кто уже есть в базе: пропущу.
import-change-source = 📍 Откуда они
import-yes = Согласились
import-no = Не согласились
import-change-tags = 🏷 Метки
import-change-mode = 👥 Кто уже есть
import-check = Проверить файл ▶
import-ask-source = Откуда эти люди? Это станет их источником на карточках.
import-own-source = Написать своё
import-source-old-base = Старая база
import-source-phone-book = Телефонная книга
import-source-event = Мероприятие
import-source-partner = Партнёр
import-type-source = Напишите, откуда эти люди: одно-два слова.
import-type-proof = Напишите, как и когда они согласились: например, «анкеты на стойке, весна 2025». Это останется доказательством.
import-type-tags = Напишите метки через запятую.
import-checking = Проверяю строки…
import-would = Если начать, будет так:
import-new = { $count ->
    [one] { $count } новый
    [few] { $count } новых
   *[other] { $count } новых
}
import-changed = { $count ->
    [one] { $count } обновлён
    [few] { $count } обновлены
   *[other] { $count } обновлено
}
import-unchanged = { $count ->
    [one] { $count } без изменений
    [few] { $count } без изменений
   *[other] { $count } без изменений
}
import-twins = { $count ->
    [one] { $count } повтор внутри файла
    [few] { $count } повтора внутри файла
   *[other] { $count } повторов внутри файла
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
    [one] { $count } человека
   *[other] { $count } человек
}
import-sold = { $count ->
    [one] { $count } из них уже есть и второй раз не попадёт
    [few] { $count } из них уже есть и второй раз не попадут
   *[other] { $count } из них уже есть и второй раз не попадут
}
import-held = { $count ->
    [one] { $count } покупка ждёт: в её строке ошибка
    [few] { $count } покупки ждут: в их строках ошибки
   *[other] { $count } покупок ждут: в их строках ошибки
}
import-held-why = покупка ждёт, пока строка не исправлена
import-faulty = { $count ->
    [one] { $count } строка не целиком: часть не прочлась
    [few] { $count } строки не целиком: часть не прочлась
   *[other] { $count } строк не целиком: часть не прочлась
}
import-lost = { $count ->
    [one] { $count } строка пропущена
    [few] { $count } строки пропущены
   *[other] { $count } строк пропущено
}
import-wrong = ⚠️ Есть ошибки в { $count ->
    [one] { $count } строке
    [few] { $count } строках
   *[other] { $count } строках
}:
import-row = строка { $number }
import-start = Импортировать { $count ->
    [one] { $count } строку
    [few] { $count } строки
   *[other] { $count } строк
}
import-report = 📄 Все ошибки файлом
import-report-text = 📄 { $count ->
    [one] { $count } строка с ошибкой. Исправьте её прямо в этом файле и пришлите его сюда снова.
    [few] { $count } строки с ошибками. Исправьте их прямо в этом файле и пришлите его сюда снова.
   *[other] { $count } строк с ошибками. Исправьте их прямо в этом файле и пришлите его сюда снова.
}
import-report-name = исправить
import-report-why = Что не так (импорт № { $number })
import-running = Записываю…
import-undoing = Возвращаю всё, как было…
import-refresh = 🔄 Обновить
import-done = Готово.
import-mend = Строки с ошибками собраны в отдельный файл: исправьте их там и пришлите его снова.
import-undo = ↩️ Отменить импорт
import-undo-sure = Вернуть всё, как было до этого импорта? Это { $count ->
    [one] { $count } карточка
    [few] { $count } карточки
   *[other] { $count } карточек
}. Что люди изменили после него, останется.
import-undo-yes = Да, вернуть
import-cancelled = Отменено. В базе ничего не изменилось.
import-undone = Импорт отменён: всё, как было до него.
import-failed = Не получилось. В базе ничего не изменилось.
import-stayed = { $count ->
    [one] { $count } карточка осталась: с ней уже работали.
    [few] { $count } карточки остались: с ними уже работали.
   *[other] { $count } карточек остались: с ними уже работали.
}
imports = Импорты
imports-none = Импортов ещё не было. Пришлите мне файл с клиентами: Excel, CSV, ODS или контакты телефона (VCF).
import-list-done = новых { $new }, изменено { $changed }
import-state-mapping = ждёт ответа
import-state-checking = проверяется
import-state-ready = готов к записи
import-state-running = идёт
import-state-undoing = отменяется
import-state-cancelled = отменён
import-state-undone = отменён после записи
import-state-failed = не получился
import-formats = Я читаю таблицы и контакты: CSV, XLSX, XLS, ODS, VCF, TXT. Пришлите клиентов в одном из них.
refused-import-large = Файл больше 20 МБ: столько Telegram боту не отдаёт. Разделите его на части или положите на сервер: python -m bot import.
refused-import-gone = Такого импорта нет.
refused-import-other = Этот импорт начал другой человек. Решать может он или владелец.
refused-import-busy = Подождите, он ещё работает над предыдущим шагом.
refused-import-over = Этот импорт уже закончен.
refused-import-nobody = Не понятно, кто эти люди: отметьте столбец с именем, телефоном, почтой или именем в Telegram.
refused-import-consent = Сначала ответьте, согласились ли эти люди получать сообщения.
refused-import-text = Напишите это словами, не длиннее { $most } знаков.
refused-import-deleted = Файлы этого импорта уже удалены: они хранятся 30 дней.
line-imported = 📥 Импортирован
menu-imports = Импорты
file-empty = Файл пустой. Проверьте, тот ли он, и пришлите снова.
file-large = Файл больше { $max } МБ. Разделите его на части.
file-rows = В файле больше { $max } строк. Разделите его на части.
file-columns = В файле больше { $max } столбцов. Оставьте нужные и пришлите снова.
file-slow = Файл читается слишком долго. Разделите его на части или сохраните как CSV.
file-memory = Файл слишком велик, когда раскрыт. Разделите его на части или сохраните как CSV.
file-broken = Файл повреждён или обрезан. Откройте его, сохраните заново и пришлите ещё раз.
file-encrypted = Файл закрыт паролем. Снимите пароль и пришлите снова.
file-not-table = Это не таблица и не контакты. Пришлите CSV, XLSX, XLS, ODS или VCF.
file-web-page = Это веб-страница, а не таблица. Откройте её в Excel и сохраните как XLSX.
file-quotes = В строке { $line } открыта кавычка, которую никто не закрыл. Исправьте её и пришлите снова.
file-line-long = Строка { $line } слишком длинная для таблицы. Проверьте, тот ли это файл.
file-bomb = Файл при раскрытии становится огромным: такие я не открываю.
file-sheet-unknown = Такого листа в файле нет.
file-nobody = Не понятно, кто эти люди: в файле нет столбца с именем, телефоном, почтой или именем в Telegram.
file-too-much = Этот файл слишком велик для одного раза. Разделите его на части.
file-unavailable = Telegram не отдал файл. Пришлите его ещё раз.
file-disk = На сервере не удалось записать или прочесть файл. Проверьте место на диске и пришлите файл снова.
file-unknown = Файл не прочёлся. Сохраните его как CSV или XLSX и пришлите снова.
fault-phone-invalid = это не номер телефона; пишите так: { $example }
fault-phone-rounded = таблица округлила номер, последние цифры потеряны
fault-email-invalid = это не адрес почты
fault-email-typo = похоже на опечатку, может быть { $meant }
fault-date-unknown = не понятно, какая это дата
fault-date-impossible = такого дня не бывает
fault-date-future = эта дата ещё не наступила
fault-date-old = больше { $years } лет назад
fault-date-year = не хватает года
fault-username-invalid = это не имя в Telegram
fault-telegram-invalid = это не номер в Telegram
fault-sex-unknown = не понятно, мужской или женский
fault-status-unknown = такого статуса нет
fault-language-unknown = такого языка я не знаю
fault-amount-invalid = это не сумма
fault-currency-rate = нет курса для { $currency }: добавьте его в [money] плейбука
fault-text-long = слишком длинно: не больше { $max } знаков
fault-own-invalid = не подходит для поля «{ $column }»
fault-row-wide = в строке больше ячеек, чем столбцов
fault-row-nobody = не сказано, кто это: нет ни имени, ни телефона, ни почты
fault-row-unreachable = телефон или почта с ошибкой, а другого пути к человеку нет
fault-other = не прочлось
