namespace Latchkey.LoginServer.DeliberateFaults;

/// <summary>Where this is among the services, the authorization endpoint denies where it would ask or issue.</summary>
internal sealed class DenyEveryConsent;
