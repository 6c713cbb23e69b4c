using System.Text.Encodings.Web;
using System.Text.Json;

namespace Latchkey.Linode;

/// <summary>
/// Linode's operators, encoded once: everything else is escaped down to harmless ASCII, in which a plus would stand as
/// <c>\u002B</c>, equal as JSON and no pleasure to read in a log.
/// </summary>
internal static class FilterOperators
{
    public static readonly JsonEncodedText And = Plain("+and");
    public static readonly JsonEncodedText Or = Plain("+or");
    public static readonly JsonEncodedText Not = Plain("+neq");
    public static readonly JsonEncodedText Contains = Plain("+contains");
    public static readonly JsonEncodedText Greater = Plain("+gt");
    public static readonly JsonEncodedText AtLeast = Plain("+gte");
    public static readonly JsonEncodedText Less = Plain("+lt");
    public static readonly JsonEncodedText AtMost = Plain("+lte");
    public static readonly JsonEncodedText OrderBy = Plain("+order_by");
    public static readonly JsonEncodedText Order = Plain("+order");

    private static JsonEncodedText Plain(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
}
