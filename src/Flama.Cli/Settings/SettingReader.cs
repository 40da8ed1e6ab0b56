using System.Diagnostics.CodeAnalysis;

namespace Flama.Cli.Settings;

/// <summary>Reads the text of a setting.</summary>
/// <returns>False when the text is no such value.</returns>
internal delegate bool SettingReader<T>(string text, [MaybeNullWhen(false)] out T value);
