using Flama.Pickle;
using Flama.Sklearn.GaussianProcess.Kernels;

namespace Flama.Sklearn.Tests.GaussianProcess;

public sealed class KernelReaderTests
{
    private const string Module = "sklearn.gaussian_process.kernels";

    [Fact]
    public void Read_KernelOfItself_IsRefused()
    {
        var sum = Kernel("Sum", ("k1", Kernel("WhiteKernel", ("noise_level", 1.0))));
        ((PickleDict)sum.State!).Set("k2", sum);

        var exception = Assert.Throws<FlamaException>(() => Read(sum));

        Assert.Equal(ErrorCodes.LimitExceeded, exception.Code);
    }

    // Seven shared levels stand for 255 kernels.
    [Fact]
    public void Read_SharedKernels_AreCountedEachTime()
    {
        var kernel = Kernel("ConstantKernel", ("constant_value", 1.0));
        for (var level = 0; level < 7; level++)
        {
            kernel = Kernel("Product", ("k1", kernel), ("k2", kernel));
        }

        var exception = Assert.Throws<FlamaException>(() => Read(kernel));

        Assert.Equal(ErrorCodes.LimitExceeded, exception.Code);
    }

    [Theory]
    [InlineData("CompoundKernel", "CompoundKernel")]
    [InlineData("Brownian", "the kernel Brownian")]
    public void Read_KernelWithoutAnAnswer_IsRefusedByName(string name, string told)
    {
        var exception = Assert.Throws<FlamaException>(() => Read(Kernel(name)));

        Assert.Equal(ErrorCodes.UnsupportedEstimator, exception.Code);
        Assert.Contains(told, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LengthsForOtherColumns_IsAnInvalidModel()
    {
        var exception = Assert.Throws<FlamaException>(() => Read(Kernel("RBF", ("length_scale", Pickled.Vector(1, 2, 3)))));

        Assert.Equal(ErrorCodes.InvalidModel, exception.Code);
    }

    // A tuple stays one where training optimised nothing; a kernel that is None is 1 · RBF(1).
    [Fact]
    public void Write_RadialKernels_DivideColumnsByTheirLengths()
    {
        var tuple = Read(Kernel("RBF", ("length_scale", new PickleTuple([1.0, 2.0]))));
        var none = Read(null);
        var covariances = new double[4];

        tuple.Write([1, 4], covariances.AsSpan(0, 2));
        none.Write([1, 3], covariances.AsSpan(2, 2));

        // Exponentials of many numbers at once differ in the last digit.
        double[] exponents = [-2.5, -1, -5, -1];
        Assert.All(covariances, (value, i) => Assert.Equal(Math.Exp(exponents[i]), value, 1e-15));
    }

    [Fact]
    public void Self_NoiseAndProducts_CountOnTheDiagonalOnly()
    {
        var kernel = Read(Kernel(
            "Sum",
            ("k1", Kernel("Exponentiation", ("kernel", Kernel("DotProduct", ("sigma_0", 1.0))), ("exponent", 2.0))),
            ("k2", Kernel("WhiteKernel", ("noise_level", 0.5)))));
        var covariances = new double[2];

        kernel.Write([1, 2], covariances);

        Assert.Equal([1, 25], covariances);
        Assert.Equal(36.5, kernel.Self([1, 2]));
    }

    private static PickleObject Kernel(string name, params (string Name, object? Value)[] attributes) => Pickled.Estimator(Module, name, attributes);

    // Two training rows, (0, 0) and (0, 2).
    private static ProcessKernel Read(object? kernel)
    {
        var process = Pickled.Estimator("sklearn.gaussian_process._gpr", "GaussianProcessRegressor", ("kernel", kernel));
        var state = new EstimatorState(process, "model", SklearnVersion.Newest, new EstimatorLoader());
        return new KernelReader(new Matrix([0, 0, 0, 2], 2, 2)).Read(state, "kernel");
    }
}
