using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;
using Flama.Json;

namespace Flama.Packaging.Reading;

/// <summary>The JSON document of Flama 1.0 to 1.11: <c>{"model": base64, "meta": {…}}</c>.</summary>
/// <remarks>The model's text stays as it is until it is asked for.</remarks>
internal sealed class ModelDocument
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 512 };

    private readonly PackageFile file;
    private readonly ReadOnlyMemory<byte> model;

    private ModelDocument(PackageFile file, ReadOnlyMemory<byte> model, ModelMetadata metadata)
    {
        this.file = file;
        this.model = model;
        Metadata = metadata;
    }

    public ModelMetadata Metadata { get; }

    /// <summary>Finds both parts.</summary>
    /// <exception cref="FlamaException">The text is not such a document (<see cref="ErrorCodes.Corrupt"/>).</exception>
    public static ModelDocument Parse(PackageFile file, byte[] utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw file.Corrupt("its JSON document is not valid UTF-8");
        }

        if (PythonJson.HasConstants(utf8))
        {
            utf8 = PythonJson.ReplaceConstants(utf8, "null"u8, "null"u8, "null"u8);
        }

        try
        {
            var (model, meta) = Locate(file, utf8);
            return new ModelDocument(file, utf8.AsMemory(model), MetadataReader.Read(file, utf8.AsSpan(meta)));
        }
        catch (JsonException exception)
        {
            throw MetadataReader.NotJson(file, "document", exception);
        }
    }

    /// <summary>Decodes the model.</summary>
    public ModelPayload ReadModel()
    {
        using var decoder = new MimeBase64Decoder(file);
        var text = model.Span;
        int escape;
        while ((escape = text.IndexOf((byte)'\\')) >= 0 && !decoder.IsComplete)
        {
            decoder.Append(text[..escape]);
            text = AppendEscape(decoder, text[escape..]);
        }

        decoder.Append(text);
        return decoder.Finish();
    }

    private static (Range Model, Range Meta) Locate(PackageFile file, byte[] utf8)
    {
        Range? text = null;
        Range? meta = null;
        var reader = new Utf8JsonReader(utf8, ReaderOptions);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw file.Corrupt("its JSON document is not an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isModel = reader.ValueTextEquals("model"u8);
            var isMeta = reader.ValueTextEquals("meta"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (isModel)
            {
                text = reader.TokenType == JsonTokenType.String
                    ? (start + 1)..(start + 1 + reader.ValueSpan.Length)
                    : throw file.Corrupt("the model in its JSON document is not a string");
            }

            reader.Skip();
            meta = isMeta ? start..(int)reader.BytesConsumed : meta;
        }

        reader.Read();
        return (
            text ?? throw file.Corrupt("its JSON document has no 'model'"),
            meta ?? throw file.Corrupt("its JSON document has no 'meta'"));
    }

    // The text was validated as JSON: an escape is complete.
    private static ReadOnlySpan<byte> AppendEscape(MimeBase64Decoder decoder, ReadOnlySpan<byte> text)
    {
        switch (text[1])
        {
            case (byte)'/':
                decoder.Append("/"u8);
                return text[2..];
            case (byte)'u':
                var isAscii = Utf8Parser.TryParse(text.Slice(2, 4), out int unit, out _, 'x') && unit < 0x80;
                decoder.Append([isAscii ? (byte)unit : (byte)' ']);
                return text[6..];
            default:
                return text[2..];
        }
    }
}
