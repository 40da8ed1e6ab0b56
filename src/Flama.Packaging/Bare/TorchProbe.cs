using System.Text;
using Flama.Packaging.Reading;

namespace Flama.Packaging.Bare;

/// <summary>Tells what <c>torch.save</c> was given: by the classes that the first bytes of its pickle name; nothing is loaded.</summary>
internal static class TorchProbe
{
    // The number that torch.save wrote before PyTorch 1.6 as a pickle of its own: 0x1950a86a20f9469cfc6c.
    private static readonly byte[] Magic = [0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19];

    /// <summary>How many bytes of a pickle are looked at.</summary>
    public const int PickleStart = 64 * 1024;

    private const int LongestName = 256;

    private static ReadOnlySpan<byte> PickleEnd => [(byte)'.', 0x80];

    /// <summary>Tells a file of torch.save from before PyTorch 1.6; null when it is none.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Its first bytes.</param>
    public static ModelFormat? Recognize(PackageFile file, ReadOnlySpan<byte> start)
    {
        if (start.Length < Magic.Length + 2 || !start[2..].StartsWith(Magic))
        {
            return null;
        }

        // Magic number, protocol and byte order stand in pickles of their own, which end with "."; then comes the object.
        var buffer = new byte[Math.Min(PickleStart, file.Source.Length)];
        ReadOnlySpan<byte> rest = buffer.AsSpan(0, file.Source.Read(0, buffer));
        for (var i = 0; i < 3; i++)
        {
            var end = rest.IndexOf(PickleEnd);
            if (end < 0)
            {
                return ModelFormats.TorchLegacy;
            }

            rest = rest[(end + 1)..];
        }

        return Describe(ModelFormats.TorchLegacy, rest, " from before PyTorch 1.6");
    }

    /// <summary>A format of torch.save with a description of what was saved.</summary>
    /// <param name="format">The format.</param>
    /// <param name="pickle">The first bytes of the object's pickle.</param>
    /// <param name="age">What to add to the description.</param>
    public static ModelFormat Describe(ModelFormat format, ReadOnlySpan<byte> pickle, string age = "")
    {
        if (pickle.IndexOf("pytorch-lightning_version"u8) >= 0)
        {
            return format with { Description = $"a checkpoint of PyTorch Lightning{age}: weights without a program" };
        }

        if (pickle.IndexOf("optimizer_state"u8) >= 0 || pickle.IndexOf("param_groups"u8) >= 0)
        {
            return format with { Description = $"a training checkpoint of PyTorch{age}: weights without a program" };
        }

        if (FirstClass(pickle) is not { } first)
        {
            return format;
        }

        return first switch
        {
            "collections.OrderedDict" => format with { Description = $"a state dict of PyTorch{age}: weights without a program" },
            "torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_parameter" =>
                format with { Description = $"tensors saved by PyTorch{age}, without a program" },
            _ => format with
            {
                Description = $"a pickled module of PyTorch{age} ({SafeText.OneLine(first, 80)}), whose Python source is not in the file",
            },
        };
    }

    // GLOBAL: c, the module, the class.
    private static string? FirstClass(ReadOnlySpan<byte> pickle)
    {
        for (var at = pickle.IndexOf((byte)'c'); at >= 0; at = Next(pickle, at))
        {
            var rest = pickle[(at + 1)..];
            rest = rest[..Math.Min(rest.Length, LongestName)];
            var module = rest[..Math.Max(0, rest.IndexOf((byte)'\n'))];
            rest = rest[Math.Min(rest.Length, module.Length + 1)..];
            var name = rest[..Math.Max(0, rest.IndexOf((byte)'\n'))];
            if (IsName(module) && IsName(name))
            {
                return $"{Encoding.UTF8.GetString(module)}.{Encoding.UTF8.GetString(name)}";
            }
        }

        return null;
    }

    private static int Next(ReadOnlySpan<byte> pickle, int at)
    {
        var next = pickle[(at + 1)..].IndexOf((byte)'c');
        return next < 0 ? -1 : at + 1 + next;
    }

    private static bool IsName(ReadOnlySpan<byte> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character is not ((byte)'_' or (byte)'.'))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }
}
