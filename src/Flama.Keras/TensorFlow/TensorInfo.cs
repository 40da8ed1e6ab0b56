using Flama.Onnx.Graphs;
using Flama.Onnx.Protobuf;

namespace Flama.Keras.TensorFlow;

/// <summary>An input or an output of a signature. Immutable.</summary>
/// <param name="Key">Its name in the signature.</param>
/// <param name="Tensor">The tensor of the graph.</param>
/// <param name="Type">The type of its elements; null for one that no tensor has.</param>
/// <param name="Shape">Its shape; null where the rank is not known.</param>
internal sealed record TensorInfo(string Key, string Tensor, OnnxElementType? Type, long[]? Shape)
{
    /// <summary>Reads the message.</summary>
    public static TensorInfo Read(string key, ReadOnlyMemory<byte> message)
    {
        ProtoReader reader = new(message, key);
        var tensor = "";
        OnnxElementType? type = null;
        long[]? shape = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    tensor = reader.ReadText();
                    break;
                case 2:
                    type = Messages.TypeOf(reader.ReadLong());
                    break;
                case 3:
                    shape = Messages.ReadShape(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(key, tensor, type, shape);
    }
}
