using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Flama.Keras.Hdf5;
using Flama.Keras.Layers;

namespace Flama.Keras.Files;

/// <summary>A <c>.keras</c> file: a zip of the layers in JSON, the variables in HDF5, and vocabularies.</summary>
internal sealed class KerasArchive : KerasFile
{
    private const string ConfigName = "config.json";
    private const string WeightsName = "model.weights.h5";
    private const int MaxEntries = 100_000;

    private readonly Dictionary<string, byte[]> vocabularies = new(StringComparer.Ordinal);
    private HdfFile? weights;

    private KerasArchive()
    {
    }

    /// <summary>Reads the archive.</summary>
    public static KerasArchive Read(ModelSource source)
    {
        try
        {
            using var stream = source.Payload.OpenRead();
            using ZipArchive zip = new(stream, ZipArchiveMode.Read);
            if (zip.Entries.Count > MaxEntries)
            {
                throw KerasErrors.TooLarge($"it has {zip.Entries.Count} files");
            }

            MemoryBudget budget = new(source.Payload.Length);
            var config = Expand(zip, ConfigName, source.Name, budget) ?? throw KerasErrors.Invalid($"'{source.Name}' has no {ConfigName}");
            var metadata = Expand(zip, "metadata.json", source.Name, budget);
            KerasArchive file = new()
            {
                Name = source.Name,
                Budget = budget,
                Model = Parse(config, source.Name),
                Version = metadata is null || Parse(metadata, source.Name) is not { ValueKind: JsonValueKind.Object } about || !about.TryGetProperty("keras_version", out var version)
                    ? "3" : version.GetString() ?? "3",
            };
            if (Expand(zip, WeightsName, source.Name, budget) is { } bytes)
            {
                file.weights = HdfFile.Open(bytes, $"{source.Name}/{WeightsName}");
            }

            foreach (var entry in zip.Entries.Where(entry => entry.FullName.StartsWith("assets/", StringComparison.Ordinal) && entry.FullName.EndsWith("vocabulary.txt", StringComparison.Ordinal)))
            {
                file.vocabularies[entry.FullName] = Expand(zip, entry.FullName, source.Name, budget)!;
            }

            return file;
        }
        catch (InvalidDataException failure)
        {
            throw new FlamaException(ErrorCodes.Corrupt, $"'{source.Name}' is not a zip archive that can be read: {SafeText.OneLine(failure.Message, 200)}", "Copy or download the file again.", failure);
        }
        catch (EndOfStreamException failure)
        {
            throw new FlamaException(ErrorCodes.Truncated, $"'{source.Name}' ends too early.", "Copy or download the file again.", failure);
        }
    }

    /// <inheritdoc/>
    public override void Bind(Layer model)
    {
        if (weights is not null)
        {
            model.Bind(weights, "");
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string>? VocabularyOf(LayerConfig layer)
    {
        foreach (var path in new[] { $"assets/{layer.Place}/vocabulary.txt", $"assets/{layer.Place}/_lookup_layer/vocabulary.txt" })
        {
            if (vocabularies.TryGetValue(path, out var bytes))
            {
                return Encoding.UTF8.GetString(bytes).Split('\n');
            }
        }

        return null;
    }

    private static byte[]? Expand(ZipArchive zip, string name, string file, MemoryBudget budget)
    {
        if (zip.GetEntry(name) is not { } entry)
        {
            return null;
        }

        if (entry.Length > Array.MaxLength || entry.Length > (entry.CompressedLength * HdfFilters.MostOfOneByte) + 1024)
        {
            throw new FlamaException(ErrorCodes.Corrupt, $"'{file}' is damaged: {name} cannot have {entry.Length} bytes.", "Copy or download the file again.");
        }

        budget.Take(entry.Length);
        using var content = entry.Open();
        var bytes = GC.AllocateUninitializedArray<byte>((int)entry.Length);
        content.ReadExactly(bytes);
        return bytes;
    }
}
