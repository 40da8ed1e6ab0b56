using System.IO.Compression;
using System.Text;

namespace Flama.Torch.Tests.Writing;

/// <summary>Writes TorchScript archives: code, an object with attributes, weights.</summary>
internal sealed class ScriptArchive
{
    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal);
    private readonly PickleWriter pickle = new();

    /// <summary>An archive whose class <c>Net</c> has a method <c>forward</c> of these lines.</summary>
    /// <param name="parameters">What it takes after self: <c>x: Tensor</c>.</param>
    /// <param name="lines">The statements, indented from 0.</param>
    /// <param name="attributes">Attributes of the object: numbers, texts, lists, tensors.</param>
    public static byte[] OfForward(string parameters, string lines, params IReadOnlyList<KeyValuePair<string, object?>> attributes)
    {
        ScriptArchive archive = new();
        var body = string.Join('\n', lines.Split('\n').Select(line => $"    {line}"));
        archive.AddCode("net", $"class Net(Module):\n  __parameters__ = []\n  __buffers__ = []\n  def forward(self: __torch__.net.Net,\n    {parameters}) -> Tensor:\n{body}\n");
        return archive.ToBytes(new ScriptObject("net.Net", attributes));
    }

    /// <summary>Adds a file of code.</summary>
    /// <param name="module">Its module below <c>__torch__</c>.</param>
    /// <param name="code">What it holds.</param>
    public void AddCode(string module, string code) => files[$"code/__torch__/{module.Replace('.', '/')}.py"] = code;

    /// <summary>The archive.</summary>
    /// <param name="root">The object that it holds.</param>
    public byte[] ToBytes(ScriptObject root)
    {
        using MemoryStream content = new();
        using (ZipArchive zip = new(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "data.pkl", pickle.Write(root));
            Write(zip, "constants.pkl", [0x80, 2, (byte)')', (byte)'.']);
            Write(zip, "version", "3\n"u8);
            foreach (var (path, code) in files)
            {
                Write(zip, path, Encoding.UTF8.GetBytes(code));
            }

            for (var i = 0; i < pickle.Storages.Count; i++)
            {
                Write(zip, $"data/{i}", pickle.Storages[i]);
            }
        }

        return content.ToArray();
    }

    private static void Write(ZipArchive zip, string path, ReadOnlySpan<byte> bytes)
    {
        using var stream = zip.CreateEntry($"model/{path}", CompressionLevel.NoCompression).Open();
        stream.Write(bytes);
    }
}
