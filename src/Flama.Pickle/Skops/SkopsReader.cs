using System.Text.Json;

namespace Flama.Pickle.Skops;

/// <summary>
/// Reads archives of skops (<c>.skops</c>) as data, into the same objects as <see cref="PickleReader"/> gives. Nothing of the file is run, and what the file calls
/// trusted plays no part: only classes and functions of the table may be named. Thread-safe.
/// </summary>
/// <remarks>
/// An archive is a zip file: <c>schema.json</c> with a tree of nodes, and a file for each array. A node says what it is (<c>__loader__</c>), its class and its content; nodes of one
/// <c>__id__</c> are the same object. Seen in archives of skops 0.11 and 0.16 (protocols 0 to 2).
/// </remarks>
public static class SkopsReader
{
    private const string SchemaName = "schema.json";
    private const int NewestProtocol = 2;

    /// <summary>Reads an archive.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="limits">What it may ask for; null for <see cref="PickleLimits.Default"/>.</param>
    /// <param name="globals">The classes and functions it may refer to; null for <see cref="GlobalTable.Default"/>.</param>
    /// <returns>The value in the file.</returns>
    /// <exception cref="PickleException">The archive is damaged, too large, of a newer protocol, or asks for what is not allowed.</exception>
    public static object? Read(ReadOnlyMemory<byte> file, PickleLimits? limits = null, GlobalTable? globals = null)
    {
        limits ??= PickleLimits.Default;
        var budget = new PickleBudget(limits, file.Length, file.Length);
        using var archive = SkopsArchive.Open(file, limits, budget);
        try
        {
            using var schema = JsonDocument.Parse(archive.Read(SchemaName), new JsonDocumentOptions { MaxDepth = limits.MaxDepth });
            if (schema.RootElement.ValueKind == JsonValueKind.Object && schema.RootElement.TryGetProperty("protocol", out var protocol)
                && protocol.ValueKind == JsonValueKind.Number && protocol.TryGetInt32(out var version) && version > NewestProtocol)
            {
                throw new PickleException(
                    PickleErrorCode.UnsupportedProtocol,
                    $"The archive is of protocol {version} of skops; up to {NewestProtocol} is known.",
                    remedy: "Save the model with skops 0.16, or with joblib.dump.");
            }

            return new SkopsTree(archive, globals ?? GlobalTable.Default, budget).Read(schema.RootElement);
        }
        catch (JsonException exception)
        {
            throw new PickleException(PickleErrorCode.Corrupt, $"The archive's {SchemaName} is not JSON that can be read: {exception.Message}", innerException: exception);
        }
        catch (InvalidOperationException exception)
        {
            // The encoding of a text is checked only when it is asked for.
            throw new PickleException(PickleErrorCode.Corrupt, $"A text in the archive's {SchemaName} is not valid UTF-8, or half of a surrogate pair.", innerException: exception);
        }
    }
}
