using Flama.Torch.Tests.Writing;

namespace Flama.Benchmarks;

/// <summary>A TorchScript archive of the structure and size of ResNet-50: 53 convolutions, 25.6 million weights, a class each for convolution and normalisation.</summary>
internal static class ResidualNetwork
{
    private static readonly (int Blocks, int Width)[] Stages = [(3, 64), (4, 128), (6, 256), (3, 512)];

    /// <summary>The archive; the weights are random.</summary>
    public static byte[] Write()
    {
        Random random = new(13);
        List<KeyValuePair<string, object?>> parts = [];
        List<string> lines = [];
        var (count, value) = (0, "x");

        string Call(string part, string input)
        {
            var made = $"v{++count}";
            lines.Add($"{made} = (self.{part}).forward({input}, )");
            return made;
        }

        string Make(string expression)
        {
            var made = $"v{++count}";
            lines.Add($"{made} = {expression}");
            return made;
        }

        string Convolve(string input, int from, int to, int size, int stride)
        {
            parts.Add(new($"c{parts.Count}", new ScriptObject("net.Conv", [new("weight", Weights(random, to, from, size, size)), new("stride", Pair(stride)), new("padding", Pair(size / 2))])));
            var convolved = Call(parts[^1].Key, input);
            parts.Add(new($"n{parts.Count}", new ScriptObject("net.Norm", [new("weight", Ones(to)), new("bias", Weights(random, to)), new("running_mean", Weights(random, to)), new("running_var", Ones(to))])));
            return Call(parts[^1].Key, convolved);
        }

        value = Make($"torch.relu({Convolve(value, 3, 64, 7, 2)})");
        value = Make($"torch.max_pool2d({value}, [3, 3], [2, 2], [1, 1], [1, 1], False)");
        var channels = 64;
        foreach (var (blocks, width) in Stages)
        {
            for (var i = 0; i < blocks; i++)
            {
                var stride = i == 0 && width > 64 ? 2 : 1;
                var inner = Make($"torch.relu({Convolve(value, channels, width, 1, 1)})");
                inner = Make($"torch.relu({Convolve(inner, width, width, 3, stride)})");
                inner = Convolve(inner, width, 4 * width, 1, 1);
                var shortcut = i == 0 ? Convolve(value, channels, 4 * width, 1, stride) : value;
                value = Make($"torch.relu(torch.add({inner}, {shortcut}))");
                channels = 4 * width;
            }
        }

        parts.Add(new("fc", Weights(random, 1000, channels)));
        parts.Add(new("fb", Weights(random, 1000)));
        lines.Add($"return torch.linear(torch.flatten(torch.adaptive_avg_pool2d({value}, [1, 1]), 1, -1), self.fc, self.fb)");

        ScriptArchive archive = new();
        archive.AddCode("net", $"""
            class Conv(Module):
              __parameters__ = ["weight", ]
              __buffers__ = []
              def forward(self: __torch__.net.Conv,
                x: Tensor) -> Tensor:
                weight = self.weight
                return torch.conv2d(x, weight, None, self.stride, self.padding, [1, 1], 1)
            class Norm(Module):
              __parameters__ = ["weight", "bias", ]
              __buffers__ = ["running_mean", "running_var", ]
              def forward(self: __torch__.net.Norm,
                x: Tensor) -> Tensor:
                return torch.batch_norm(x, self.weight, self.bias, self.running_mean, self.running_var, False, 0.1, 1.0000000000000001e-05, True)
            class Net(Module):
              __parameters__ = []
              __buffers__ = []
              def forward(self: __torch__.net.Net,
                x: Tensor) -> Tensor:
            {string.Join('\n', lines.Select(line => $"    {line}"))}

            """);
        return archive.ToBytes(new ScriptObject("net.Net", parts));
    }

    private static List<object?> Pair(long number) => [number, number];

    private static ScriptTensor Ones(int length) => ScriptTensor.Of([.. Enumerable.Repeat(1f, length)], length);

    private static ScriptTensor Weights(Random random, params long[] shape)
    {
        var elements = new float[shape.Aggregate(1L, (product, length) => product * length)];
        var scale = 1 / MathF.Sqrt(elements.Length / (float)shape[0]);
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = (random.NextSingle() - 0.5f) * scale;
        }

        return ScriptTensor.Of(elements, shape);
    }
}
