using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Flama.Json;
using Flama.Pickle;

namespace Flama.Sklearn;

/// <summary>Metadata for a model file without a package: an id that is the same for the same bytes, and the estimator's own parameters.</summary>
internal static class BareMetadata
{
    public static ModelMetadata Of(
        ModelSource source, ReadOnlySpan<byte> payload, Estimator root, PickleObject pickled, EstimatorLoader loader)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonOutput.Compact))
        {
            writer.WriteStartObject();
            writer.WriteString("id", ContentId.Of(payload));
            writer.WriteString("timestamp", (source.Timestamp ?? DateTimeOffset.UnixEpoch).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            writer.WriteStartObject("framework");
            var version = root is INativeModel native ? native.FrameworkVersion : loader.VersionText;
            writer.WriteString("lib", (root as INativeModel)?.Framework ?? "sklearn");
            writer.WriteString("version", string.IsNullOrEmpty(version) ? "unknown" : version);
            writer.WriteEndObject();
            writer.WriteStartObject("model");
            writer.WriteString("obj", root.Name);
            writer.WritePropertyName("info");
            EstimatorParameters.Write(writer, pickled);
            writer.WriteNull("params");
            writer.WriteNull("metrics");
            writer.WriteEndObject();
            writer.WriteNull("extra");
            writer.WriteEndObject();
        }

        return new ModelMetadata(PythonJson.Parse(buffer.WrittenSpan));
    }
}
