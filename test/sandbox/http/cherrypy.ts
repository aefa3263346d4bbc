import type { StandInAnswer } from './types.js';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  411: 'Length Required',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** What CherryPy says of an unexpected failure. */
export const UNEXPECTED =
  'The server encountered an unexpected condition which prevented it from fulfilling the request.';

const statusTitle = (status: number): string => `${status} ${TITLES[status] ?? 'Error'}`;

/** CherryPy's HTML error page (SABnzbd, and Tautulli outside its root), its traceback cut to one line. */
export const errorPage = (status: number, message: string, cause: string): StandInAnswer => ({
  status,
  headers: { 'content-type': 'text/html;charset=utf-8' },
  body: `<!DOCTYPE html PUBLIC
"-//W3C//DTD XHTML 1.0 Transitional//EN"
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html>
<head>
    <meta http-equiv="Content-Type" content="text/html; charset=utf-8"></meta>
    <title>${statusTitle(status)}</title>
    <style type="text/css">
    #powered_by {
        margin-top: 20px;
        border-top: 2px solid black;
        font-style: italic;
    }

    #traceback {
        color: red;
    }
    </style>
</head>
    <body>
        <h2>${statusTitle(status)}</h2>
        <p>${message}</p>
        <pre id="traceback">Traceback (most recent call last):
${cause}
</pre>
    <div id="powered_by">
      <span>
        Powered by <a href="http://www.cherrypy.dev">CherryPy 18.8.0</a>
      </span>
    </div>
    </body>
</html>
`,
});
