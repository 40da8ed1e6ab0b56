using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Flama.AspNetCore.Errors;

/// <summary>The calls that led to an exception, as far as the runtime still knows them.</summary>
internal static class DebugFrames
{
    /// <summary>The frames: number, method, file and line.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A frame whose method was trimmed shows its name only.")]
    public static IEnumerable<string[]> Of(Exception exception)
    {
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
        for (var i = 0; i < frames.Length; i++)
        {
            var frame = frames[i];
            var method = frame.GetMethod() is { } known ? $"{known.DeclaringType?.FullName}.{known.Name}" : frame.ToString().Trim();
            var place = frame.GetFileName() is { } file ? string.Create(CultureInfo.InvariantCulture, $"{file}:{frame.GetFileLineNumber()}") : "";
            yield return [(i + 1).ToString(CultureInfo.InvariantCulture), method, place];
        }
    }
}
