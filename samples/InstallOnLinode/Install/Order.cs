namespace InstallOnLinode.Install;

/// <summary>What a visitor chose.</summary>
public sealed record Order(string Region, string Type, string Image, int? StackScriptId, IReadOnlyDictionary<string, string> Fields);
