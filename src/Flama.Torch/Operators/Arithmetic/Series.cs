using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Arithmetic;

/// <summary>Special functions by the approximations that their float32 precision needs (Abramowitz and Stegun; Giles 2012 for the inverse of erf).</summary>
internal static class Series
{
    private static readonly double[] Lanczos =
    [
        676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>Giles' polynomials, good to float32.</summary>
    public static Tensor ErfInv(OperatorCall call)
    {
        var x = call.To(call.Tensor("self"), OperatorCall.Floating(call.Tensor("self").Type));
        var w = call.Call("neg", call.Call("log", call.Call("mul", call.Call("rsub", x, 1.0), call.Call("add", x, 1.0))));
        var small = Polynomial(call, call.Call("sub", w, 2.5), 2.81022636e-08, 3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087, -0.00125372503, -0.00417768164, 0.246640727, 1.50140941);
        var large = Polynomial(call, call.Call("sub", call.Call("sqrt", w), 3.0), -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047, 1.00167406, 2.83297682);
        var y = call.Call("mul", x, call.Call("where", call.Call("lt", w, 5.0), small, large));
        return call.Call("where", call.Call("eq", call.Call("abs", x), 1.0), call.Call("mul", x, double.PositiveInfinity), y);
    }

    /// <summary>Lanczos' series for positive numbers, reflected for others.</summary>
    public static Tensor LGamma(OperatorCall call)
    {
        var x = call.To(call.Tensor("self"), Archives.TorchType.Double);
        var reflects = call.Call("lt", x, 0.5);
        var z = call.Call("sub", call.Call("where", reflects, call.Call("rsub", x, 1.0), x), 1.0);
        var series = call.Call("add", call.Call("zeros_like", z), 0.99999999999980993);
        for (var i = 0; i < Lanczos.Length; i++)
        {
            series = call.Call("add", series, call.Call("div", call.Call("mul", call.Call("ones_like", z), Lanczos[i]), call.Call("add", z, i + 1.0)));
        }

        var t = call.Call("add", z, 7.5);
        var positive = call.Call("add", call.Call("sub", call.Call("mul", call.Call("add", z, 0.5), call.Call("log", t)), t), call.Call("add", call.Call("log", series), 0.5 * Math.Log(2 * Math.PI)));
        var reflected = call.Call("sub", call.Call("rsub", call.Call("log", call.Call("abs", call.Call("sin", call.Call("mul", x, Math.PI)))), Math.Log(Math.PI)), positive);
        return call.To(call.Call("where", reflects, reflected, positive), OperatorCall.Floating(call.Tensor("self").Type));
    }

    /// <summary>Six steps up, then the asymptotic series.</summary>
    public static Tensor Digamma(OperatorCall call)
    {
        var x = call.To(call.Tensor("self"), Archives.TorchType.Double);
        var reflects = call.Call("lt", x, 0.5);
        var z = call.Call("where", reflects, call.Call("rsub", x, 1.0), x);
        var steps = call.Call("zeros_like", z);
        for (var i = 0; i < 8; i++)
        {
            steps = call.Call("add", steps, call.Call("reciprocal", call.Call("add", z, (double)i)));
        }

        var y = call.Call("add", z, 8.0);
        var inverse = call.Call("reciprocal", call.Call("square", y));
        var tail = call.Call("mul", inverse, Polynomial(call, inverse, -1.0 / 132, 1.0 / 240, -1.0 / 252, 1.0 / 120, -1.0 / 12));
        var positive = call.Call("sub", call.Call("add", call.Call("sub", call.Call("log", y), call.Call("div", call.Call("mul", call.Call("ones_like", y), 0.5), y)), tail), steps);
        var angle = call.Call("mul", x, Math.PI);
        var reflected = call.Call("sub", positive, call.Call("div", call.Call("mul", call.Call("cos", angle), Math.PI), call.Call("sin", angle)));
        return call.To(call.Call("where", reflects, reflected, positive), OperatorCall.Floating(call.Tensor("self").Type));
    }

    /// <summary>The modified Bessel function of order 0 (Abramowitz and Stegun 9.8.1, 9.8.2).</summary>
    public static Tensor I0(OperatorCall call)
    {
        var x = call.Call("abs", call.To(call.Tensor("self"), OperatorCall.Floating(call.Tensor("self").Type)));
        var small = Polynomial(call, call.Call("square", call.Call("div", x, 3.75)), 0.0045813, 0.0360768, 0.2659732, 1.2067492, 3.0899424, 3.5156229, 1.0);
        var safe = call.Call("maximum", x, call.Call("mul", call.Call("ones_like", x), 3.75));
        var large = Polynomial(call, call.Call("mul", call.Call("reciprocal", safe), 3.75), 0.00392377, -0.01647633, 0.02635537, -0.02057706, 0.00916281, -0.00157565, 0.00225319, 0.01328592, 0.39894228);
        large = call.Call("mul", large, call.Call("div", call.Call("exp", safe), call.Call("sqrt", safe)));
        return call.Call("where", call.Call("lt", x, 3.75), small, large);
    }

    private static Tensor Polynomial(OperatorCall call, Tensor x, params ReadOnlySpan<double> coefficients)
    {
        var sum = call.Call("add", call.Call("mul", x, coefficients[0]), coefficients[1]);
        foreach (var coefficient in coefficients[2..])
        {
            sum = call.Call("add", call.Call("mul", sum, x), coefficient);
        }

        return sum;
    }
}
