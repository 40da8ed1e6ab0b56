using System.Text.Json;
using Flama.Data.Model;

namespace Flama.Data.Listing;

/// <summary>Values in queries: what JSON has, without quotes.</summary>
internal static class FilterText
{
    /// <summary>Reads a value.</summary>
    /// <returns>The value; null where it is none of the member's.</returns>
    public static object? Read(EntityMember member, string text)
    {
        var isLiteral = TypeWords.IsNumber(member.Bare) || member.Bare == typeof(bool);
        try
        {
            return JsonSerializer.Deserialize(isLiteral ? text : $"\"{JsonEncodedText.Encode(text)}\"", member.Json);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }
}
