using Microsoft.AspNetCore.Routing.Patterns;

namespace Latchkey.Fuzz.Framework;

internal sealed record Route(Uri Server, RoutePattern Pattern, IReadOnlyList<string> Methods)
{
    public string Text => "/" + (Pattern.RawText ?? "").TrimStart('/');
}
