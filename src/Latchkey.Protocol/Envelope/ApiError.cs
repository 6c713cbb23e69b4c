using System.Text.Json.Serialization;

namespace Latchkey.Protocol;

/// <summary>One thing that is wrong, as Linode says it; <c>field</c> is left out when no single field is to blame.</summary>
internal sealed record ApiError(
    string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null);

/// <summary>Never empty: clients read <c>errors[0].reason</c> unasked.</summary>
internal sealed record ErrorBody(IReadOnlyList<ApiError> Errors);
