using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Flama.Keras.Tests.Mutations;

/// <summary>Changes files: bytes anywhere, values of their JSON, one entry of an archive.</summary>
internal sealed class Mutation(Random random)
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "-1", "0", "1", "0.5", "3", "1e300", "2147483648", "-9223372036854775808", "18446744073709551616", "\"\"", "\"x\"", "\"float32\"", "\"same\"", "[]", "[0]", "[-1, 7]", "[null, 3]", "{}",
        """{"class_name": "Dense", "config": {} }""", """{"class_name": "__numpy__", "config": {"value": [1, [2]]} }""",
    ];

    /// <summary>Bytes changed, doubled or cut off.</summary>
    public byte[] Bytes(byte[] original)
    {
        if (original.Length < 16)
        {
            return original;
        }

        var changed = (byte[])original.Clone();
        switch (random.Next(4))
        {
            case 0:
                return changed[..random.Next(changed.Length)];
            case 1:
                BitConverter.TryWriteBytes(changed.AsSpan(random.Next(changed.Length - 8)), random.Next(4) switch { 0 => ulong.MaxValue, 1 => (ulong)random.Next(), 2 => (ulong)random.Next(changed.Length), _ => 0ul });
                return changed;
            default:
                for (var i = 0; i <= random.Next(6); i++)
                {
                    changed[random.Next(changed.Length)] = (byte)random.Next(256);
                }

                return changed;
        }
    }

    /// <summary>An archive with one entry changed, JSON most often as JSON; all are stored, as Keras has them.</summary>
    public byte[] Entry(byte[] archive)
    {
        using ZipArchive from = new(new MemoryStream(archive));
        var which = random.Next(3) == 0 ? from.Entries[random.Next(from.Entries.Count)] : from.GetEntry(random.Next(3) == 0 ? "model.weights.h5" : "config.json");
        using MemoryStream stream = new();
        using (ZipArchive to = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries)
            {
                using MemoryStream content = new();
                using (var source = entry.Open())
                {
                    source.CopyTo(content);
                }

                var bytes = content.ToArray();
                using var target = to.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
                target.Write(!ReferenceEquals(entry, which) ? bytes : entry.Name == "config.json" && random.Next(8) > 0 ? Json(bytes) : Bytes(bytes));
            }
        }

        return stream.ToArray();
    }

    /// <summary>JSON with one to three values changed, taken out or put elsewhere.</summary>
    public byte[] Json(byte[] json)
    {
        var root = JsonNode.Parse(json)!;
        for (var i = random.Next(3); i >= 0; i--)
        {
            List<JsonNode> holders = [];
            Collect(root, holders);
            var holder = holders[random.Next(holders.Count)];
            var value = random.Next(4) == 0 ? holders[random.Next(holders.Count)].DeepClone() : JsonNode.Parse(Values[random.Next(Values.Length)]);
            switch (holder)
            {
                case JsonObject { Count: > 0 } members:
                    var name = members.ElementAt(random.Next(members.Count)).Key;
                    if (random.Next(6) == 0)
                    {
                        members.Remove(name);
                    }
                    else
                    {
                        members[name] = value;
                    }

                    break;
                case JsonArray { Count: > 0 } items:
                    items[random.Next(items.Count)] = value;
                    break;
            }
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static void Collect(JsonNode? node, List<JsonNode> holders)
    {
        if (node is JsonObject or JsonArray)
        {
            holders.Add(node);
            foreach (var child in node is JsonObject members ? members.Select(member => member.Value) : (IEnumerable<JsonNode?>)node.AsArray())
            {
                Collect(child, holders);
            }
        }
    }
}
