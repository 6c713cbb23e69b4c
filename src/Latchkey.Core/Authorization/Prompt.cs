namespace Latchkey.Core.Authorization;

/// <summary>What the app wants the user to be asked (OpenID Connect Core §3.1.2.1).</summary>
[Flags]
public enum Prompt
{
    /// <summary>Whatever is needed.</summary>
    Default = 0,

    /// <summary>Nothing: answer with an error instead.</summary>
    None = 1,

    /// <summary>The password, even with a session.</summary>
    Login = 2,

    /// <summary>Consent, even when it is remembered.</summary>
    Consent = 4,

    /// <summary>Which account.</summary>
    SelectAccount = 8,
}
