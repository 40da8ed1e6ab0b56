namespace Flama.Cli.Settings;

/// <summary>Settings that stand together on the help page.</summary>
internal sealed record SettingGroup(string Title, IReadOnlyList<Setting> Settings);
