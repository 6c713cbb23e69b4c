namespace Latchkey.Linode;

/// <summary>One thing that was wrong.</summary>
/// <param name="Reason">What was wrong, in the API's words.</param>
/// <param name="Field">Which member of the request it is about; null when it is about none.</param>
public sealed record LinodeApiError(string Reason, string? Field);
