namespace Latchkey.Core.Grants;

/// <summary>Which API a token request says its tokens are for.</summary>
/// <param name="Name">The <c>resource</c> of the request; null when it names none.</param>
/// <param name="Own">What the server's own API is called: the audience of grants that name no other.</param>
/// <remarks>RFC 8707 §2.2.</remarks>
public readonly record struct NamedResource(string? Name, string? Own)
{
    /// <summary>
    /// True unless another API is named than the person agreed to. There is one for each grant, so tokens for any other
    /// would be tokens that nobody agreed to.
    /// </summary>
    public bool IsOf(Grant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return Name is null || string.Equals(Name, grant.Resource ?? Own, StringComparison.Ordinal);
    }
}
