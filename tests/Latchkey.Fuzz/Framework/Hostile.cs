namespace Latchkey.Fuzz.Framework;

/// <summary>Values that parsers, databases and pages have stumbled over. <c>lk-x</c> must never become an element.</summary>
internal static class Hostile
{
    public static readonly IReadOnlyList<string> Values =
    [
        "", " ", "\0", "a\0b", "\r\nX-Injected: 1", "\n", "\t", "\u001b[31m", "%", "%00", "%zz", "%2e%2e%2f", "+", ";", "&", "=", "?", "#",
        "'", "\"", "' or 1=1 --", "'; drop table grants; --", "%' escape '\\", "_", "*", "\\", "/", "//", "//evil.example", "/\\evil.example",
        "https://evil.example/", "javascript:alert(1)", "data:text/html,x", "/%09/evil.example", "http://[::1", "http://a b/", "https://app.example@evil.example/",
        "<lk-x>", "\"><lk-x>", "</title><lk-x>", "{{7*7}}", "${7*7}", "{0}", "%s%n",
        "-1", "0", "1", "-0", "+1", " 1", "01", "1.5", "1e400", "NaN", "0x10", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808",
        "1000000000", "\u0661", "\uff11", "true", "null", "undefined", "[]", "{}",
        "\u00e9", "e\u0301", "\ud83d\udd11", "\ud800", "\udfff\ud800", "\ufeff", "\u202e", "\u0130", "\u00df", "\uffff", "\u2028",
        "..", "../../../../etc/passwd", "..%2f..%2f", "con", ".", "~", "basic", "Bearer", "linodes:*", "*", "linodes:read_only,*", "linodes linodes",
        "account", ":", "::", "openid", "code", "token", "S256", "plain", "refresh_token", "authorization_code", "client_credentials", "query", "form_post",
        new('a', 300), new('%', 1000), new('a', 5000), new('[', 2000), string.Concat(Enumerable.Repeat("linodes:read_only ", 300)), new('\u00e9', 1500),
    ];

    public static readonly IReadOnlyList<string> Methods =
        ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO", "get", "PROPFIND"];

    public static readonly IReadOnlyList<string> Names =
    [
        "client_id", "client_secret", "redirect_uri", "response_type", "response_mode", "scope", "scopes", "state", "code", "code_verifier", "code_challenge",
        "code_challenge_method", "grant_type", "refresh_token", "token", "token_type_hint", "nonce", "prompt", "max_age", "resource", "return_url",
        "username", "password", "decision", "ticket", "page", "page_size", "id", "label", "region", "type", "image", "root_pass", "tags", "group", "script",
        "images", "stackscript_id", "stackscript_data", "authorized_keys", "booted", "alerts", "watchdog_enabled", "is_public", "description", "rev_note",
        "expiry", "public", "email", "timezone", "email_notifications", "lish_auth_method", "first_name", "city", "zip", "country", "state", "backups_enabled", "network_helper", "ssh_key", "restricted", "login_hint", "ui_locales", "request", "request_uri", "id_token_hint",
        "post_logout_redirect_uri", "CLIENT_ID", "", "access_token", "__RequestVerificationToken", "data", "tfa_code", "name", "\ud83d\udd11", "a[b]", "a.b",
    ];

    public static readonly IReadOnlyList<string> Filters =
    [
        """{"label":"a"}""", """{"+or":[{"id":1},{"label":{"+contains":"x"}}]}""", """{"+order_by":"label","+order":"desc"}""", """{"id":{"+gt":0,"+lte":99999}}""",
        """{"+and":[]}""", """{"+and":{}}""", """{"+order_by":"root_pass"}""", """{"label":{"+contains":"%' or 1=1"}}""", "{", "[]", "null", "1", """{"a":""",
        """{"id":1e400}""", """{"id":"1","id":2}""", """{"id":{"+neq":null}}""", """{"label":["a"]}""", """{"+or":[[[[1]]]]}""", """{"created":{"+gte":"x"}}""",
        """{"label":"\ud800"}""", """{"id":99999999999999999999999999999999999999}""", """{"+order":"sideways"}""", """{"vcpus":{"+gte":-1}}""",
        """{"class":{"+neq":"standard"}}""",
        string.Concat(Enumerable.Repeat("""{"+and":[""", 500)), string.Concat(Enumerable.Repeat("""{"+or":[""", 30)) + "{}" + string.Concat(Enumerable.Repeat("]}", 30)),
    ];

    public static readonly IReadOnlyList<string> Json =
    [
        "", "null", "0", "\"\"", "[]", "{}", "{\"a\":}", "{\"label\":\"a\",\"label\":\"b\"}", "{}x", "\ufeff{}", "{\"label\":1e400}", "{\"label\":\"\\ud800\"}",
        "{\"label\":\"a\\u0000b\"}", "{\"tags\":[null,1,{}]}", "{\"region\":{},\"type\":[],\"image\":1,\"root_pass\":true}", "{\"stackscript_data\":{\"a\":{\"b\":[]}}}",
        "{\"stackscript_id\":1e19,\"stackscript_data\":[]}", "{\"stackscript_id\":-1}", "{\"stackscript_id\":1.5}", "{\"authorized_keys\":[\"ssh-rsa \"]}", "{\"alerts\":{\"cpu\":99999999999}}", "/*c*/{}", "{'a':1}", "{\"a\":1,}",
        string.Concat(Enumerable.Repeat("{\"a\":", 1000)), string.Concat(Enumerable.Repeat("[", 3000)), "{\"\":\"\"}", "{\"label\":NaN}", "\"\ud800\"",
    ];

    public static readonly IReadOnlyList<string> HeaderNames =
    [
        "Accept", "Accept-Language", "Accept-Encoding", "Origin", "Referer", "Sec-Fetch-Site", "Sec-Fetch-Mode", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
        "Forwarded", "X-HTTP-Method-Override", "X-Original-URL", "If-None-Match", "If-Modified-Since", "If-Match", "Range", "X-Filter", "Content-Encoding",
        "Content-Language", "Cookie", "Authorization", "DPoP", "User-Agent", "X-Requested-With", "Access-Control-Request-Method", "Access-Control-Request-Headers", "traceparent",
        "tracestate", "baggage", "Request-Id", "Upgrade-Insecure-Requests", "Via", "Max-Forwards", "TE", "Expect-CT", "Prefer",
    ];

    public static readonly IReadOnlyList<string> ContentTypes =
    [
        "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16", "application/x-www-form-urlencoded;charset=utf-7", "multipart/form-data",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"", "application/json", "application/json; charset=utf-16", "application/json; charset=x", "text/plain",
        "text/xml", "application/x-www-form-urlencoded, application/json", "image/png", ";", "a", "application/json;;;", "application/merge-patch+json",
    ];
}
